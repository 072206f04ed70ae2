"""The tree of categories and its limits. Pure: nothing is read from the database here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count
from uuid import UUID

from trastienda.errors import Conflict, Invalid

MOST_CATEGORIES = 1_000
MOST_LEVELS = 10
STEP = 10
"""What is left between the positions of siblings, so that others fit in between."""
HIGHEST = 1_000_000
"""The highest position that a category can have."""


class CategoryTree:
    """All categories, read while the tree is locked."""

    def __init__(self, rows: Iterable[tuple[UUID, str, UUID | None]]) -> None:
        """Build the tree from rows of id, slug and parent's id."""
        self._ids: dict[str, UUID] = {}
        self._parents: dict[UUID, UUID | None] = {}
        self._children: dict[UUID | None, list[UUID]] = defaultdict(list)
        for id_, slug, parent_id in rows:
            self._ids[slug] = id_
            self._parents[id_] = parent_id
            self._children[parent_id].append(id_)

    def find(self, slug: str | None) -> UUID | None:
        """Return the id of a parent by its slug; None is the top level. Raise ParentUnknown."""
        if slug is None:
            return None
        if slug not in self._ids:
            raise ParentUnknown(parent=slug, pointer="/parent")
        return self._ids[slug]

    def free_slug(self, wanted: str) -> str:
        """Return the slug, with a number appended if another category has it."""
        candidates = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(slug for slug in candidates if slug not in self._ids)

    def below(self, top: UUID) -> list[UUID]:
        """Return the ids of a category and of all its subcategories, at any depth."""
        category_ids = [top]
        for id_ in category_ids:  # the list grows while it is read
            category_ids += self._children.get(id_, [])
        return category_ids

    def expect_capacity(self) -> None:
        """Raise CategoriesFull if the shop has as many categories as it may have."""
        if len(self._parents) >= MOST_CATEGORIES:
            raise CategoriesFull(limit=MOST_CATEGORIES)

    def expect_valid_parent(self, parent_id: UUID | None, moved: UUID | None = None) -> None:
        """Check that `moved`, or a new category if it is None, may be put below this parent.

        No category may be deeper than level 10, subcategories of the moved one included. Raise
        CategoryInsideItself or CategoryTooDeep.
        """
        if moved is not None and parent_id in self.below(moved):
            raise CategoryInsideItself(pointer="/parent")
        levels = 1 if moved is None else self._height(moved)
        if self._depth(parent_id) + levels > MOST_LEVELS:
            raise CategoryTooDeep(limit=MOST_LEVELS, pointer="/parent")

    def _depth(self, id_: UUID | None) -> int:
        return 0 if id_ is None else 1 + self._depth(self._parents[id_])

    def _height(self, top: UUID) -> int:
        return 1 + max((self._height(id_) for id_ in self._children.get(top, [])), default=0)


def positions(siblings: Sequence[tuple[UUID, int]], moved: UUID, index: int) -> dict[UUID, int]:
    """Return the new positions that put `moved` between its siblings, before the one at `index`.

    `siblings` are the others with their positions, in the order in which they are shown. Only
    `moved` gets a new position where there is room, and all of them otherwise.
    """
    below = siblings[index - 1][1] if index else -1
    above = siblings[index][1] if index < len(siblings) else below + 2 * STEP
    room = range(below + 1, min(above, HIGHEST + 1))
    if room:
        return {moved: room[len(room) // 2]}
    ids = [id_ for id_, _ in siblings]
    order = [*ids[:index], moved, *ids[index:]]
    known, spaced = dict(siblings), {id_: STEP * place for place, id_ in enumerate(order, 1)}
    return {id_: place for id_, place in spaced.items() if known.get(id_) != place}


class ParentUnknown(Invalid):
    """There is no such category to stand in."""


class CategoryInsideItself(Invalid):
    """A category cannot stand inside itself or inside one of its own."""


class CategoryTooDeep(Invalid):
    """Categories stand inside each other at most 10 levels deep."""


class CategoriesFull(Conflict):
    """The shop holds at most 1,000 categories."""
