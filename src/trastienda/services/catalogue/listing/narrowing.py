"""The filters of a product list by options and attributes: `Colour=Blue`."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trastienda.errors import Malformed

BETWEEN = "="
MOST_NAMES = 8
"""Names that a list can be narrowed by at once."""


class Narrowing(NamedTuple):
    """Filters by their names: of one name any of the values fits, and of each name one has to."""

    by_name: Mapping[str, list[str]]

    @property
    def values(self) -> dict[str, object]:
        """The values of the conditions, by their names in a statement."""
        filters = {f"filters{at}": it for at, it in enumerate(self.by_name.values())}
        names = {f"name{at}": f"{it}{BETWEEN}" for at, it in enumerate(self.by_name)}
        return {**filters, **names}


def narrowing(filters: Iterable[str]) -> Narrowing:
    """Group filters by their names. Raise FilterUnusable, also for too many names."""
    by_name: dict[str, list[str]] = {}
    for it in filters:
        name, between, value = it.partition(BETWEEN)
        if not name or not between or not value:
            raise FilterUnusable
        by_name.setdefault(name, []).append(it)
    if len(by_name) > MOST_NAMES:
        raise FilterUnusable
    return Narrowing(by_name)


def conditions(names: int) -> list[str]:
    """Return the conditions of a statement for so many names."""
    return [f"filters && %(filters{at})s::text[]" for at in range(names)]


class FilterUnusable(Malformed):
    """A filter is a name, an equals sign and a value; a list takes at most 8 names."""
