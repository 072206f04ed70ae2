"""What stock tells: each change of a row is an event, written by the statement that changes it.

The row counts its changes, because a statement that waited for its lock sees the row as it is now,
but the events only as they were when it began.
"""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.schemas.terms import Terms
from trastienda.services import events
from trastienda.services.event_types import STOCK_CHANGED, STOCK_GONE

MOVED = (
    "stock.id, stock.variant_id, stock.location_id, stock.on_hand, stock.reserved, stock.version"
)
"""What `telling` needs of the rows in `moved`."""


def telling(reason: str) -> str:
    """Return a part of a WITH: an event for each row of `moved`; `reason` is an expression."""
    return f"""told AS (
        INSERT INTO events ({events.COLUMNS})
        SELECT gen_random_uuid(), 'stock', moved.id, moved.version, '{STOCK_CHANGED.name}',
            %(schema_version)s, jsonb_build_object('variant_id', moved.variant_id,
                'sku', variants.sku, 'location', locations.code,
                'on_hand', moved.on_hand, 'reserved', moved.reserved,
                'available', moved.on_hand - moved.reserved,
                'reason', {reason}, 'source_id', %(source)s::uuid),
            %(actor)s, %(actor_id)s::uuid, %(now)s
        FROM moved JOIN variants ON variants.id = moved.variant_id
            JOIN locations ON locations.id = moved.location_id
    )"""


_NEW = prepared(f"""
    WITH moved AS (SELECT {MOVED} FROM stock WHERE id = ANY (%(ids)s)), {telling("NULL::text")}
    SELECT count(*) FROM moved
""")
_GONE = prepared(f"""
    INSERT INTO events ({events.COLUMNS})
    SELECT gen_random_uuid(), 'stock', stock.id, stock.version + 1, '{STOCK_GONE.name}',
        %(schema_version)s, jsonb_build_object('variant_id', variants.id, 'sku', variants.sku,
            'location', locations.code),
        %(actor)s, %(actor_id)s::uuid, %(now)s
    FROM stock JOIN variants ON variants.id = stock.variant_id
        JOIN locations ON locations.id = stock.location_id
    WHERE stock.id = ANY (%(ids)s)
""")


def about(session: Session, terms: Terms, source_id: UUID | None = None) -> dict[str, object]:
    """Give the values that `telling` names; `source_id` is the order it is for."""
    session.wake_relay()
    return {**events.cause(STOCK_CHANGED, terms), "source": source_id}


async def tell_new(session: Session, ids: Sequence[UUID], terms: Terms) -> None:
    """Tell of stock rows that are new. One statement."""
    await _NEW(session, ids=list(ids), **about(session, terms))


async def tell_gone(session: Session, ids: Sequence[UUID], terms: Terms) -> None:
    """Tell of locked stock rows that are about to be deleted. One statement."""
    session.wake_relay()
    await _GONE(session, ids=list(ids), **events.cause(STOCK_GONE, terms))
