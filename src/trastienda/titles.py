"""What a client reads about a failure: its kind, and its title in each language."""

import re
from functools import cache

from trastienda.errors import ShopError

SPANISH: dict[str, str] = {}


def kind(error: type[ShopError]) -> str:
    """Turn `OutOfStock` into `/problems/out-of-stock`."""
    return _kebab(error.__name__)


@cache
def _kebab(name: str) -> str:
    return "/problems/" + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def title(error: type[ShopError], locale: str) -> str:
    english = (error.__doc__ or "").strip().rstrip(".")
    return SPANISH.get(error.__name__, english) if locale == "es" else english
