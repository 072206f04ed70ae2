"""All problems that the shop can answer with, for their pages and for programs."""

from collections.abc import Iterator
from functools import cache

from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.middlewares.answers.errors import KINDS, status_of
from trastienda.openapi import refusals
from trastienda.openapi.facts import FACTS
from trastienda.schemas.shared.problem_kind import FactView, ProblemKind
from trastienda.titles import kind as address
from trastienda.titles import title
from trastienda.translation import translate


@cache
def catalogue(language: Locale) -> dict[str, ProblemKind]:
    """Return all problems by the last part of their type."""
    kinds = sorted(set(_family(ShopError)), key=address)
    return {address(it).rpartition("/")[2]: _described(it, language) for it in kinds}


def facts_of(kind: type[ShopError]) -> list[str]:
    """Return the names of a problem's facts; a pointer is shown as `errors`."""
    inherited = {name for it in kind.__mro__ for name in refusals.facts().get(it.__name__, ())}
    shown = {"errors" if name == "pointer" else name for name in inherited}
    return sorted(shown)


def _family(of: type[ShopError]) -> Iterator[type[ShopError]]:
    for heir in of.__subclasses__():
        if heir.__module__.startswith(refusals.OURS):
            yield heir
        yield from _family(heir)


def _described(kind: type[ShopError], language: Locale) -> ProblemKind:
    status = status_of(kind)
    return ProblemKind(
        type=address(kind),
        title=title(kind, language),
        meaning=title(KINDS[status], language),
        status=status,
        facts=[
            FactView(name, translate(f"fact {name}", FACTS[name][1], language))
            for name in facts_of(kind)
        ],
    )
