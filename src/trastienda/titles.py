"""What clients read of an error: its kind, and its title."""

import re
from functools import cache
from inspect import cleandoc

from trastienda.database.models.text import Locale
from trastienda.errors import ShopError
from trastienda.spanish import SPANISH


def kind(problem: type[ShopError]) -> str:
    """Return the problem's type, `/problems/out-of-stock` for OutOfStock."""
    return _kebab(problem.__name__)


def title(problem: type[ShopError], locale: Locale) -> str:
    """Return the title of an error class: the first paragraph of its docstring, or its Spanish."""
    english = _first_paragraph(problem.__doc__ or "")
    return SPANISH.get(problem.__name__, english) if locale is Locale.SPANISH else english


@cache
def _kebab(name: str) -> str:
    return "/problems/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


@cache
def _first_paragraph(text: str) -> str:
    return cleandoc(text).partition("\n\n")[0].replace("\n", " ")
