"""HTML pages from templates, in which all values are escaped."""

from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def _escaped(value: object) -> object:
    """Escape as the standard library does; Jinja's own escaping writes quotes differently."""
    if hasattr(value, "__html__"):
        return value
    return Markup(escape(str(value)))  # noqa: S704 - it has just been escaped


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parents[2] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_escaped,
    trim_blocks=True,  # `{##}` at the end of a line joins it with the next
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def page(template: str, **facts: object) -> str:
    """Render a template, named by its path below `templates`."""
    return _templates.get_template(template).render(facts)
