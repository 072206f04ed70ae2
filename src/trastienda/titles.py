"""The type and the title of an error, as clients read them."""

import re
from functools import cache
from inspect import cleandoc

from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.translation import translate


def kind(problem: type[ShopError]) -> str:
    """Return the problem's type, `/problems/out-of-stock` for OutOfStock."""
    return _kebab(problem.__name__)


def title(problem: type[ShopError], locale: Locale) -> str:
    """Return the title of an error class: the first paragraph of its docstring, translated."""
    return translate(problem.__name__, _first_paragraph(problem.__doc__ or ""), locale)


@cache
def _kebab(name: str) -> str:
    return "/problems/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


@cache
def _first_paragraph(text: str) -> str:
    return cleandoc(text).partition("\n\n")[0].replace("\n", " ")
