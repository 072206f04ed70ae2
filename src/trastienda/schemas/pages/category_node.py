"""The tree of categories, as the admin shows it."""

from typing import NamedTuple

from trastienda.schemas.catalogue.category_draft import CategoryMove, StaffCategoryView


class CategoryNode(NamedTuple):
    """A category with those inside it, and the places to which one step takes it."""

    category: StaffCategoryView
    children: "list[CategoryNode]"
    up: CategoryMove | None = None
    down: CategoryMove | None = None
    into: CategoryMove | None = None
    """Into the category before it, as its last."""
    out: CategoryMove | None = None
    """Out of its parent, to stand after it."""
