"""What a change of many orders' tags has changed, so that it can be taken back."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.services.orders.annotations import normalised

_TAGS = prepared("SELECT id, tags FROM orders WHERE id = ANY (%(orders)s)")
TagsByOrder = Mapping[UUID, Collection[str]]


async def of(session: Reading, orders: Sequence[UUID]) -> TagsByOrder:
    """Return the tags of these orders; those that there are not have none."""
    rows = await _TAGS.rows(session, orders=list(orders))
    return dict.fromkeys(orders, ()) | {order: frozenset(tags) for order, tags in rows}


def changed(before: TagsByOrder, tags: Collection[str], *, add: bool) -> dict[UUID, list[str]]:
    """Return, by order, those of the tags that it did not have before, or (not `add`) had."""
    kept = sorted({normalised(it) for it in tags})
    found = {order: [it for it in kept if (it in had) is not add] for order, had in before.items()}
    return {order: each for order, each in found.items() if each}
