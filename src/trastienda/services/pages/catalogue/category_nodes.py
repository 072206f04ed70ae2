"""The tree of categories with the steps that each of them can take."""

from collections import defaultdict
from collections.abc import Sequence

from trastienda.schemas.catalogue.category_draft import CategoryMove, StaffCategoryView
from trastienda.schemas.pages.category_node import CategoryNode

Children = dict[str | None, list[StaffCategoryView]]


def tree(categories: Sequence[StaffCategoryView]) -> list[CategoryNode]:
    """Return the categories at the top level, with those inside them.

    `categories` are all of them; siblings are in the order in which the shop shows them.
    """
    children: Children = defaultdict(list)
    for it in categories:
        children[it.parent].append(it)
    return _nodes(children, None, None)


def find(nodes: Sequence[CategoryNode], slug: str) -> CategoryNode | None:
    """Return the node of a category; None if there is no such category."""
    for node in nodes:
        found = node if node.category.slug == slug else find(node.children, slug)
        if found:
            return found
    return None


def _nodes(
    children: Children, parent: StaffCategoryView | None, out: CategoryMove | None
) -> list[CategoryNode]:
    """Return the nodes inside a category; `out` is where its subcategories go out to."""
    slug = parent.slug if parent else None
    siblings = children[slug]
    slugs = [it.slug for it in siblings]
    nodes = []
    for index, it in enumerate(siblings):
        after = slugs[index + 1] if index + 1 < len(slugs) else None
        beyond = slugs[index + 2] if index + 2 < len(slugs) else None
        nodes.append(
            CategoryNode(
                it,
                _nodes(children, it, CategoryMove(parent=slug, before=after)),
                up=CategoryMove(parent=slug, before=slugs[index - 1]) if index else None,
                down=CategoryMove(parent=slug, before=beyond) if after else None,
                into=CategoryMove(parent=slugs[index - 1]) if index else None,
                out=out,
            )
        )
    return nodes
