"""Stock: reserved, released, fulfilled and moved, with an entry in its ledger for every change.

No number is read first and written later: each change is one statement, which locks the stock rows
in the order of their ids first, so that two buyers never cause a deadlock.
"""

from collections.abc import Mapping
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation
from uuid_utils.compat import uuid7

from trastienda.database.arrays import array
from trastienda.database.at_once import sure
from trastienda.database.db import Reading, Session, prepared
from trastienda.database.driver import Call
from trastienda.database.models.stock.stock import NothingMoved, Reason, StockPromised
from trastienda.errors import NotFound
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.stock import Level, MovementDraft, StockLevel
from trastienda.services.stock import events
from trastienda.services.stock.events import MOVED, events_sql

_REQUESTED_SQL = """
    requested AS (
        SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[])
            AS requested (variant_id, quantity)
    )"""


def _record_sql(reason: Reason, on_hand: str, reserved: str) -> str:
    """Return CTEs that write a ledger entry and an event for each row of `moved`.

    `on_hand` and `reserved` are SQL expressions for the changes of these numbers.
    """
    return f"""ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, source_id, created_at)
        SELECT id, '{reason}', {on_hand}, {reserved}, %(source)s, %(now)s FROM moved
    ), {events_sql(f"'{reason}'")}"""


# Reserves from the locations in their order until the quantity is reached.
_RESERVE_SQL = f"""
    WITH {_REQUESTED_SQL}, locked AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, stock.on_hand - stock.reserved AS available,
            locations.position
        FROM stock JOIN locations ON locations.id = stock.location_id
        WHERE stock.variant_id = ANY (%(variants)s) ORDER BY stock.id FOR UPDATE OF stock
    ), allocated AS (
        SELECT locked.id, least(locked.available, requested.quantity - coalesce(
            sum(locked.available) OVER (
                PARTITION BY locked.variant_id ORDER BY locked.position, locked.id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS quantity
        FROM locked JOIN requested ON requested.variant_id = locked.variant_id
    ), moved AS (
        UPDATE stock SET reserved = stock.reserved + allocated.quantity,
            version = stock.version + 1 FROM allocated
        WHERE stock.id = allocated.id AND allocated.quantity > 0
        RETURNING {MOVED}, allocated.quantity
    ), new_reservations AS (
        INSERT INTO reservations (source_id, stock_id, quantity)
        SELECT %(source)s, id, quantity FROM moved
    ), {_record_sql(Reason.RESERVED, "0", "quantity")}, counted AS MATERIALIZED (
        SELECT requested.variant_id, requested.quantity,
            coalesce((SELECT sum(quantity) FROM moved
                WHERE moved.variant_id = requested.variant_id), 0)::bigint AS taken,
            coalesce((SELECT sum(available) FROM locked
                WHERE locked.variant_id = requested.variant_id), 0)::bigint AS free
        FROM requested)
"""
_RESERVE = prepared(f"{_RESERVE_SQL} SELECT * FROM counted")
_SURE_SQL = f"SELECT *, {sure('taken = quantity AND free > quantity')} FROM counted"
_RESERVE_SURE = prepared(f"{_RESERVE_SQL} {_SURE_SQL}")
_RELEASE = prepared(f"""
    WITH locked AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, reservations.quantity,
            stock.on_hand - stock.reserved AS available
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
        WHERE reservations.source_id = %(source)s ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET reserved = stock.reserved - locked.quantity,
            version = stock.version + 1 FROM locked
        WHERE stock.id = locked.id
        RETURNING {MOVED}, locked.quantity
    ), deleted AS (
        DELETE FROM reservations WHERE source_id = %(source)s
    ), {_record_sql(Reason.RELEASED, "0", "-quantity")}
    SELECT variants.product_id FROM locked JOIN variants ON variants.id = locked.variant_id
    WHERE locked.available = 0
""")
# What is requested of each variant is taken from the reservations of its rows, in turn.
_ALLOCATING_SQL = f"""
    WITH {_REQUESTED_SQL}, locked AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, reservations.id AS reservation_id,
            reservations.quantity, stock.on_hand - stock.reserved AS available
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
        WHERE reservations.source_id = %(source)s AND stock.variant_id = ANY (%(variants)s)
        ORDER BY stock.id FOR UPDATE OF stock
    ), allocated AS (
        SELECT locked.id, locked.variant_id, locked.reservation_id, locked.quantity AS whole,
            locked.available, least(locked.quantity, requested.quantity
                - coalesce(sum(locked.quantity) OVER (
                    PARTITION BY locked.variant_id ORDER BY locked.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS quantity
        FROM locked JOIN requested ON requested.variant_id = locked.variant_id
    ), moved AS (
        UPDATE stock SET {{change}}, version = stock.version + 1
        FROM allocated WHERE stock.id = allocated.id AND allocated.quantity > 0
        RETURNING {MOVED}, allocated.quantity, allocated.available
    ), reduced AS (
        UPDATE reservations SET quantity = reservations.quantity - allocated.quantity
        FROM allocated WHERE reservations.id = allocated.reservation_id
            AND allocated.quantity > 0 AND allocated.quantity < allocated.whole
    ), deleted AS (
        DELETE FROM reservations USING allocated
        WHERE reservations.id = allocated.reservation_id AND allocated.quantity = allocated.whole
    )"""
_LESS_RESERVED = "reserved = reserved - allocated.quantity"
_HAND_OVER = prepared(f"""
    WITH locked AS MATERIALIZED (
        SELECT stock.id, reservations.quantity
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
        WHERE reservations.source_id = %(fulfilment)s ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET on_hand = stock.on_hand - locked.quantity,
            reserved = stock.reserved - locked.quantity, version = stock.version + 1 FROM locked
        WHERE stock.id = locked.id
        RETURNING {MOVED}, locked.quantity
    ), deleted AS (
        DELETE FROM reservations WHERE source_id = %(fulfilment)s
    ), {_record_sql(Reason.FULFILLED, "-quantity", "-quantity")}
    SELECT count(*) FROM moved
""")
_RELEASE_UNITS = prepared(f"""
    {_ALLOCATING_SQL.format(change=_LESS_RESERVED)},
    {_record_sql(Reason.RELEASED, "0", "-quantity")}
    SELECT moved.quantity, moved.available = 0, variants.product_id
    FROM moved JOIN variants ON variants.id = moved.variant_id
""")
# Returned units go to the first location that keeps the variant.
_TAKE_BACK = prepared(f"""
    WITH {_REQUESTED_SQL}, target AS MATERIALIZED (
        SELECT DISTINCT ON (stock.variant_id) stock.id, stock.variant_id, requested.quantity
        FROM stock JOIN locations ON locations.id = stock.location_id
            JOIN requested ON requested.variant_id = stock.variant_id
        ORDER BY stock.variant_id, locations.position, stock.id
    ), locked AS MATERIALIZED (
        SELECT stock.id, target.quantity, stock.on_hand - stock.reserved AS available
        FROM target JOIN stock ON stock.id = target.id ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET on_hand = on_hand + locked.quantity, version = stock.version + 1
        FROM locked WHERE stock.id = locked.id
        RETURNING {MOVED}, locked.quantity, locked.available
    ), {_record_sql(Reason.RETURNED, "quantity", "0")}
    SELECT moved.quantity, moved.available = 0, variants.product_id
    FROM moved JOIN variants ON variants.id = moved.variant_id
""")
_TARGET_SQL = """
    SELECT variants.id AS variant_id, variants.product_id, locations.id AS location_id
    FROM variants JOIN locations ON locations.code = %(location)s WHERE variants.sku = %(sku)s
"""
_TARGET = prepared(_TARGET_SQL)
_RECORD_MOVEMENT_SQL = f""", ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, actor_id, created_at)
        SELECT id, %(reason)s, %(quantity)s, 0, %(actor_id)s::uuid, %(now)s FROM moved
    ), {events_sql("%(reason)s::text")}
    SELECT target.product_id, moved.on_hand, moved.reserved FROM moved CROSS JOIN target
"""
_ADD = prepared(f"""
    WITH target AS ({_TARGET_SQL}), moved AS (
        INSERT INTO stock (id, variant_id, location_id, on_hand, reserved)
        SELECT %(id)s, variant_id, location_id, %(quantity)s, 0 FROM target
        ON CONFLICT (variant_id, location_id) DO UPDATE
            SET on_hand = stock.on_hand + excluded.on_hand, version = stock.version + 1
        RETURNING {MOVED}
    ) {_RECORD_MOVEMENT_SQL}
""")
_REMOVE = prepared(f"""
    WITH target AS ({_TARGET_SQL}), moved AS (
        UPDATE stock SET on_hand = on_hand + %(quantity)s, version = version + 1 FROM target
        WHERE stock.variant_id = target.variant_id AND stock.location_id = target.location_id
        RETURNING {MOVED}
    ) {_RECORD_MOVEMENT_SQL}
""")
_LEVELS = prepared("""
    SELECT locations.code, stock.on_hand, stock.reserved
    FROM variants
    JOIN stock ON stock.variant_id = variants.id
    JOIN locations ON locations.id = stock.location_id
    WHERE variants.sku = %(sku)s ORDER BY locations.position, locations.code
""")
_KNOWN = prepared("SELECT 1 FROM variants WHERE sku = %(sku)s")


def reserving(
    session: Session, source_id: UUID, wanted: Mapping[UUID, int], context: Context
) -> Call:
    """Return the statement that reserves units of variants for an order or a payment attempt.

    It returns a row per variant: its id, the units requested, the units reserved, and the units
    that were available before. If fewer were reserved than requested, the caller must roll back.
    In a brief transaction it fails then, as `at_once` tells, and if the last unit would go.
    """
    statement = _RESERVE_SURE if session.brief else _RESERVE
    return statement.call(_units(wanted) | events.event_values(session, context, source_id))


async def release(session: Session, source_id: UUID, context: Context) -> set[UUID]:
    """Release all reservations of an order or a payment attempt.

    Return the ids of the products of which nothing had been available.
    """
    rows = await _RELEASE.rows(session, **events.event_values(session, context, source_id))
    return {product_id for (product_id,) in rows}


async def hand_over(
    session: Session, order_id: UUID, fulfilment_id: UUID, context: Context
) -> None:
    """Remove the units that were set aside for a parcel of an order from the stock."""
    values = events.event_values(session, context, order_id)
    await _HAND_OVER(session, fulfilment=fulfilment_id, **values)


async def release_units(
    session: Session, source_id: UUID, units: Mapping[UUID, int], context: Context
) -> set[UUID]:
    """Release some of the units that an order has reserved; return products that were sold out.

    Raise NothingPromised if more are to be released than are reserved.
    """
    names = _units(units) | events.event_values(session, context, source_id)
    rows = await _RELEASE_UNITS.rows(session, **names)
    if sum(row[0] for row in rows) != sum(units.values()):
        raise NothingPromised
    return {product_id for _, sold_out, product_id in rows if sold_out}


async def take_back(
    session: Session, source_id: UUID, units: Mapping[UUID, int], context: Context
) -> set[UUID]:
    """Put units that an order had sent back into stock; return products that were sold out.

    They go to the first location that keeps the variant; units of a variant that no location keeps
    are not counted.
    """
    names = _units(units) | events.event_values(session, context, source_id)
    rows = await _TAKE_BACK.rows(session, **names)
    return {product_id for _, sold_out, product_id in rows if sold_out}


def _units(units: Mapping[UUID, int]) -> dict[str, object]:
    return {"variants": array(units), "quantities": array(units.values())}


async def move(
    session: Session, sku: str, draft: MovementDraft, context: Context
) -> tuple[UUID, Level]:
    """Add units of a SKU to a location, or remove them if the quantity is negative.

    Return the product's id and the level afterwards. Raise NothingMoved, StockNotFound, or
    StockPromised if more would be removed than is available.
    """
    if not draft.quantity:
        raise NothingMoved(pointer="/quantity")
    target = {"sku": sku, "location": draft.location}
    movement = {"quantity": draft.quantity, "reason": draft.reason.value}
    values = events.event_values(session, context)
    try:
        if draft.quantity > 0:
            row = await _ADD.row(session, id=uuid7(), **target, **movement, **values)
        else:
            row = await _REMOVE.row(session, **target, **movement, **values)
    except CheckViolation as violation:
        raise StockPromised from violation
    except ForeignKeyViolation as violation:  # the variant or location was deleted meanwhile
        raise StockNotFound from violation
    if row is None:
        raise StockPromised if await _TARGET.row(session, **target) else StockNotFound
    product_id, on_hand, reserved = row
    return product_id, Level(on_hand, reserved, on_hand - reserved)


async def levels(session: Reading, sku: str) -> list[StockLevel]:
    """Return the stock of a SKU at each location, in units. Raise StockNotFound."""
    rows = await _LEVELS.rows(session, sku=sku)
    if not rows and await _KNOWN.row(session, sku=sku) is None:
        raise StockNotFound
    return [
        StockLevel(code, on_hand, reserved, on_hand - reserved) for code, on_hand, reserved in rows
    ]


class StockNotFound(NotFound):
    """There is no such SKU, or no such location."""


class NothingPromised(StockPromised):
    """More was sent than this order had been promised."""
