"""Units that come back from a buyer: into stock, or written off, with both in the stock ledger."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.stock.stock import Reason
from trastienda.errors import Invalid
from trastienda.schemas.shared.context import Context
from trastienda.services.stock import events
from trastienda.services.stock.events import MOVED, events_sql

# The location that is named, or else the first that keeps the variant, or else the first of all.
_PLACES = prepared("""
    SELECT place.id FROM unnest(%(variants)s::uuid[], %(codes)s::text[]) WITH ORDINALITY
            AS wanted (variant_id, code, number)
        LEFT JOIN LATERAL (
            SELECT locations.id FROM locations LEFT JOIN stock
                ON stock.location_id = locations.id AND stock.variant_id = wanted.variant_id
            WHERE wanted.code IS NULL OR locations.code = wanted.code
            ORDER BY stock.id IS NULL, locations.position, locations.id LIMIT 1) AS place ON true
    ORDER BY wanted.number
""")
_ARRIVED_SQL = """
    SELECT * FROM unnest(%(variants)s::uuid[], %(locations)s::uuid[], %(restocked)s::bigint[],
        %(written_off)s::bigint[]) AS arrived (variant_id, location_id, restocked, written_off)
"""
# A new row begins at version 0, so that its first change is number 1 of its events.
_OPEN = prepared(f"""
    INSERT INTO stock (id, variant_id, location_id, on_hand, reserved, version)
    SELECT gen_random_uuid(), variants.id, arrived.location_id, 0, 0, 0
    FROM ({_ARRIVED_SQL}) AS arrived JOIN variants ON variants.id = arrived.variant_id
    ON CONFLICT (variant_id, location_id) DO NOTHING
""")
# What is written off comes in and goes out again: the numbers of its row stay as they are.
_RECEIVE = prepared(f"""
    WITH arrived AS ({_ARRIVED_SQL}), locked AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, arrived.restocked, arrived.written_off,
            stock.on_hand - stock.reserved AS available
        FROM arrived JOIN stock ON stock.variant_id = arrived.variant_id
            AND stock.location_id = arrived.location_id
        ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET on_hand = stock.on_hand + locked.restocked, version = stock.version + 1
        FROM locked WHERE stock.id = locked.id AND locked.restocked > 0
        RETURNING {MOVED}
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, source_id, actor_id,
            created_at)
        SELECT locked.id, entry.reason, entry.quantity, 0, %(source)s, %(actor_id)s::uuid, %(now)s
        FROM locked CROSS JOIN LATERAL (VALUES
            ('{Reason.RETURNED}', locked.restocked + locked.written_off),
            ('{Reason.WRITTEN_OFF}', -locked.written_off)) AS entry (reason, quantity)
        WHERE entry.quantity <> 0 ORDER BY locked.id
    ), {events_sql(f"'{Reason.RETURNED}'")}
    SELECT variants.product_id FROM locked JOIN variants ON variants.id = locked.variant_id
    WHERE locked.available = 0 AND locked.restocked > 0
""")


class Arrival(NamedTuple):
    """Units of a variant that a location got back."""

    variant_id: UUID
    location_id: UUID
    restocked: int
    written_off: int


async def places(
    session: Reading, wanted: Sequence[tuple[UUID | None, str | None]]
) -> list[UUID | None]:
    """Return the location where each of these is put: pairs of a variant and a location's code.

    None where no location has the code.
    """
    variants, codes = [variant for variant, _ in wanted], [code for _, code in wanted]
    return [row[0] for row in await _PLACES.rows(session, variants=variants, codes=codes)]


async def receive(
    session: Session, order_id: UUID, arrivals: Sequence[Arrival], context: Context
) -> set[UUID]:
    """Book units that came back of an order; return the products of which nothing was left.

    Each pair of a variant and a location comes once.
    """
    if not arrivals:
        return set()
    variants, locations, restocked, written_off = map(list, zip(*arrivals, strict=True))
    units = {
        "variants": variants,
        "locations": locations,
        "restocked": restocked,
        "written_off": written_off,
    }
    await _OPEN(session, **units)
    rows = await _RECEIVE.rows(session, **units, **events.event_values(session, context, order_id))
    return {row[0] for row in rows}


class LocationUnknown(Invalid):
    """There is no such location."""
