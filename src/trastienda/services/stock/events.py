"""Events about stock: each change of a row is an event, written by the statement that changes it.

The row's version numbers its events: a statement that waited for a lock sees the current row, but
only the events that existed when the statement began.
"""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import STOCK_CHANGED, STOCK_GONE

MOVED = (
    "stock.id, stock.variant_id, stock.location_id, stock.on_hand, stock.reserved, stock.version"
)
"""The columns that `events_sql` needs in `moved`."""


def events_sql(reason: str) -> str:
    """Return a CTE that writes an event for each row of `moved`; `reason` is an SQL expression."""
    return f"""recorded_events AS (
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


_CREATED = prepared(f"""
    WITH moved AS (SELECT {MOVED} FROM stock WHERE id = ANY (%(ids)s)), {events_sql("NULL::text")}
    SELECT count(*) FROM moved
""")
_DELETED = prepared(f"""
    INSERT INTO events ({events.COLUMNS})
    SELECT gen_random_uuid(), 'stock', stock.id, stock.version + 1, '{STOCK_GONE.name}',
        %(schema_version)s, jsonb_build_object('variant_id', variants.id, 'sku', variants.sku,
            'location', locations.code),
        %(actor)s, %(actor_id)s::uuid, %(now)s
    FROM stock JOIN variants ON variants.id = stock.variant_id
        JOIN locations ON locations.id = stock.location_id
    WHERE stock.id = ANY (%(ids)s)
""")


def event_values(
    session: Session, context: Context, source_id: UUID | None = None
) -> dict[str, object]:
    """Return the values for `events_sql`; `source_id` is the order or payment attempt."""
    session.wake_relay()
    return {**events.cause(STOCK_CHANGED, context), "source": source_id}


async def record_created(session: Session, ids: Sequence[UUID], context: Context) -> None:
    """Record an event for each of these new stock rows, in one statement."""
    await _CREATED(session, ids=list(ids), **event_values(session, context))


async def record_deleted(session: Session, ids: Sequence[UUID], context: Context) -> None:
    """Record an event for each of these stock rows, which the caller has locked and will delete."""
    session.wake_relay()
    await _DELETED(session, ids=list(ids), **events.cause(STOCK_GONE, context))
