"""The templates of pages in each language, and the filters that write amounts and dates."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property, lru_cache, partial
from gettext import GNUTranslations, NullTranslations, translation
from gzip import compress
from pathlib import Path
from typing import Any

import msgspec
from babel import Locale as Language
from babel.dates import format_date, format_time, get_timezone
from babel.numbers import format_decimal
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateNotFound
from markupsafe import Markup

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages import words
from trastienda.handlers.pages.accounts import browsers
from trastienda.handlers.pages.admin import happenings
from trastienda.handlers.pages.admin import words as admin_words
from trastienda.handlers.pages.assets import VIEWS, Assets
from trastienda.handlers.pages.kept import Kept
from trastienda.handlers.pages.recent import Recent
from trastienda.schemas.catalogue.category import CategoryView
from trastienda.schemas.catalogue.filters import ListFilters
from trastienda.services.channels import channels
from trastienda.services.shared import currencies
from trastienda.settings import Settings
from trastienda.translation import FOLDER

DOMAIN = "pages"
THEMED = "storefront/"
"""Themes replace these templates, and no others."""
MOST_KEPT = 2_048
"""In each language: texts, and cards of products, which have about 700 bytes each."""
MOST_PAGES = 128
"""Of some 20 KB each, and 5 compressed."""
MACROS = ".jinja"
"""The end of the names of templates that hold macros alone."""
_rendered: ContextVar[Any] = ContextVar("the page that is rendered")


class Body:
    """A rendered page, and itself compressed, which is done when it is first asked for."""

    def __init__(self, text: str) -> None:
        """Take a page as it was rendered."""
        self.plain = text.encode()

    @cached_property
    def packed(self) -> bytes:
        """The page compressed with gzip."""
        return compress(self.plain, 5, mtime=0)


class _Page:
    """Stands for the page that is rendered, so that macros find it among their globals."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a frame has
        return getattr(_rendered.get(), name)


def _kept() -> Callable[..., str]:
    """Return `kept` of templates: it calls a macro with arguments, unless it has before.

    The macro uses its arguments alone: not the page, and no clock. Lists show the same products
    again and again, and to write a key takes a tenth of the time.
    """
    known: Kept[str] = Kept(MOST_KEPT)

    def kept(macro: Callable[..., str], *arguments: object) -> str:
        source = macro, msgspec.json.encode(arguments)
        made = known.get(source)
        return known.keep(source, macro(*arguments)) if made is None else made

    return kept


class _Template(Template):
    """A template whose macros are made once in a process.

    Jinja makes them anew for every page and every file that imports them `with context`, which
    takes longer than all else that it does. They need nothing of the context but the page.
    """

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's name
        shared: bool = False,  # noqa: FBT001, FBT002 - Jinja's signature
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> TemplateModule:
        if self.name is not None and self.name.endswith(MACROS):
            return self._macros
        return super().make_module(vars, shared, locals)

    @cached_property
    def _macros(self) -> TemplateModule:
        return super().make_module()


class Views:
    """Everything that pages are made of, in the process of an application."""

    def __init__(self, settings: Settings) -> None:
        """Prepare the templates in each language; they are compiled when they are first used."""
        self.assets = Assets(settings.theme)
        self.address = settings.url
        """Where browsers reach us, without a final slash."""
        self.has_storefront = settings.has_storefront
        self.developing = not settings.in_production
        self.pages: Kept[Body] = Kept(MOST_PAGES)
        """Pages that are the same for everybody who has not logged in."""
        self.filters: Recent[ListFilters] = Recent()
        """What lists can be narrowed by: counting 10,000 products takes longer than a page."""
        self._environments = {
            locale: _environment(locale, settings.theme, self.assets) for locale in Locale
        }

    def render(self, template: str, locale: Locale, facts: Mapping[str, Any]) -> str:
        before = _rendered.set(facts.get("page"))
        try:
            return self._environments[locale].get_template(template).render(facts)
        finally:
            _rendered.reset(before)

    def gettext(self, locale: Locale, text: str) -> str:
        """Return a text of a page's handler in a language."""
        return catalogue(locale).gettext(text)


class _Theme(BaseLoader):
    """The templates of a theme: of the storefront alone."""

    def __init__(self, folder: Path) -> None:
        self._files = FileSystemLoader(folder)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if not template.startswith(THEMED):
            raise TemplateNotFound(template)
        return self._files.get_source(environment, template)


class _Catalogue(GNUTranslations):
    """Texts in a language. No text is none there either: catalogues keep their header under it."""

    def gettext(self, message: str) -> str:
        return super().gettext(message) if message else ""


@cache
def catalogue(locale: Locale) -> GNUTranslations | NullTranslations:
    """Return the texts of pages in a language; those of English stand in the templates."""
    if locale is Locale.ENGLISH:
        return NullTranslations()
    return translation(DOMAIN, FOLDER, [locale.value], class_=_Catalogue)


def _environment(locale: Locale, theme: Path | None, assets: Assets) -> Environment:
    ours = FileSystemLoader(VIEWS)
    loader = ChoiceLoader([_Theme(theme), ours]) if theme else ours
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.template_class = _Template
    texts: Any = made  # the extension adds this method
    texts.install_gettext_translations(catalogue(locale), newstyle=True)
    language = Language.parse(locale.value)
    made.filters |= {
        "money": partial(currencies.written, locale=locale),
        "day": lambda at: format_date(_local(at), "long", language),
        "moment": lambda at: _moment(_local(at), language),
        "number": partial(format_decimal, locale=language),
        "country": lambda code: language.territories.get(code, code),
        "iso": lambda at: at.isoformat(),
        "label": lambda state: catalogue(locale).gettext(words.of(state).text),
        "sort_name": lambda sort: catalogue(locale).gettext(words.SORTS[sort]),
        "trail": partial(_trail, catalogue(locale).gettext("Home")),
        "tone": lambda state: words.of(state).tone,
    }
    text = catalogue(locale).gettext
    made.globals["_"] = _texts(text)
    made.filters |= {
        "choice": lambda value: text(admin_words.of(str(value), type(value).__name__)),
        "in_language": lambda names: names.get(locale) or next(iter(names.values()), ""),
        "digits": currencies.digits,
        "field_label": partial(_field_label, text),
        "filter_text": partial(_filter_text, text, language),
        "browser": browsers.called,
        "happening": lambda name: text(happenings.of(str(name))),
        "written_out": lambda data: json.dumps(data, indent=1, ensure_ascii=False),
    }
    made.globals |= {"asset": assets.address, "page": _Page(), "kept": _kept()}
    return made


def _texts(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """Return `_` of templates: a text in a language, with values by name if it has any.

    Jinja's own takes five times as long, and a page has dozens of texts.
    """

    def filled(english: str, **values: object) -> Markup:  # `%` is written `%%`, as Jinja has it
        return Markup(gettext(english)) % values  # noqa: S704 - our texts; values are escaped

    plain = lru_cache(MOST_KEPT)(filled)
    return lambda english, **values: filled(english, **values) if values else plain(english)


def _field_label(text: Callable[[str], str], name: str, labels: Mapping[str, str]) -> str:
    """Return what a field of a form is called, by its name: `prices/EUR`, `areas/0/country`."""
    first, *below = name.split("/")
    label = text(labels[first]) if first in labels else first
    return " ".join([label, *below])


def _filter_text(text: Callable[[str], str], language: Language, value: object, name: str) -> str:
    """Return a filter of a list in words: what it is about, and what it wants."""
    if isinstance(value, StrEnum):
        said = text(words.of(value).text)
    elif isinstance(value, datetime):
        said = format_date(_local(value), "medium", language)
    else:
        said = str(value)
    return f"{text(name)}: {said}"


def _trail(home: str, categories: list[CategoryView]) -> list[tuple[str, str]]:
    """Return the way to a category: names and addresses, the home page first."""
    return [(home, "/"), *((it.name, f"/categories/{it.slug}") for it in categories)]


def _moment(at: datetime, language: Language) -> str:
    return f"{format_date(at, 'medium', language)}, {format_time(at, 'short', locale=language)}"


def _local(at: datetime) -> datetime:
    """Return a time on the clocks of the shop."""
    return at.astimezone(get_timezone(channels.current().time_zone))


def countries(locale: Locale, codes: list[str]) -> list[tuple[str, str]]:
    """Return codes of countries with their names in a language, in the order of the names."""
    names = Language.parse(locale.value).territories
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda it: it[1])
