"""Units that are set aside for a parcel: its order's reservations become the parcel's.

How much of the stock is reserved does not change, so that the ledger and the events are silent. The
caller has the order's row for itself: nobody else changes its reservations meanwhile.
"""

from collections.abc import Mapping
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.errors import Conflict
from trastienda.services.stock.stock import NothingPromised

# What is wanted of each variant is taken from its reservations, one after the other.
_SET_ASIDE = prepared("""
    WITH want AS (
        SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[])
            AS want (variant_id, quantity)
    ), held AS MATERIALIZED (
        SELECT reservations.id, reservations.stock_id, reservations.quantity, stock.variant_id,
            stock.location_id
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
            JOIN locations ON locations.id = stock.location_id
        WHERE reservations.source_id = %(order)s AND stock.variant_id = ANY (%(variants)s)
            AND (%(location)s::text IS NULL OR locations.code = %(location)s)
    ), share AS (
        SELECT held.id, held.stock_id, held.location_id, held.quantity AS whole,
            least(held.quantity, want.quantity - coalesce(sum(held.quantity) OVER (
                PARTITION BY held.variant_id ORDER BY held.stock_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS quantity
        FROM held JOIN want ON want.variant_id = held.variant_id
    ), partly AS (
        UPDATE reservations SET quantity = reservations.quantity - share.quantity FROM share
        WHERE reservations.id = share.id AND share.quantity > 0 AND share.quantity < share.whole
    ), gone AS (
        DELETE FROM reservations USING share
        WHERE reservations.id = share.id AND share.quantity = share.whole
    ), kept AS (
        INSERT INTO reservations (source_id, stock_id, quantity)
        SELECT %(fulfilment)s, stock_id, quantity FROM share WHERE quantity > 0
    )
    SELECT location_id, sum(quantity)::bigint FROM share WHERE quantity > 0 GROUP BY location_id
""")
# An order has at most one reservation of a stock row.
_PUT_BACK = prepared("""
    WITH back AS (
        DELETE FROM reservations WHERE source_id = %(fulfilment)s RETURNING stock_id, quantity
    ), merged AS (
        UPDATE reservations SET quantity = reservations.quantity + back.quantity FROM back
        WHERE reservations.source_id = %(order)s AND reservations.stock_id = back.stock_id
        RETURNING reservations.stock_id
    )
    INSERT INTO reservations (source_id, stock_id, quantity)
    SELECT %(order)s, stock_id, quantity FROM back
    WHERE stock_id NOT IN (SELECT stock_id FROM merged)
""")


async def set_aside(
    session: Session,
    order_id: UUID,
    fulfilment_id: UUID,
    units: Mapping[UUID, int],
    location: str | None,
) -> UUID | None:
    """Set units of variants aside for a parcel; return the location if all come from one.

    Raise NothingReservedThere when a location is named that holds fewer of them for the order, and
    NothingPromised when all locations together do.
    """
    if not units:
        return None
    names = {"variants": list(units), "quantities": list(units.values()), "location": location}
    rows = await _SET_ASIDE.rows(session, order=order_id, fulfilment=fulfilment_id, **names)
    if sum(quantity for _, quantity in rows) != sum(units.values()):
        if location:
            raise NothingReservedThere
        raise NothingPromised
    locations = {location_id for location_id, _ in rows}
    return locations.pop() if len(locations) == 1 else None


async def put_back(session: Session, order_id: UUID, fulfilment_id: UUID) -> None:
    """Give what was set aside for a parcel back to its order."""
    await _PUT_BACK(session, order=order_id, fulfilment=fulfilment_id)


class NothingReservedThere(Conflict):
    """This location does not hold that much for this order."""
