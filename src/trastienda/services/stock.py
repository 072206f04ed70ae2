"""Stock: promised, given back, sent out and counted. The ledger is written beside every change.

No number is read and then written: each change is one statement, which locks the stock rows in the
order of their ids first, so that no two buyers wait for each other.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.stock import NothingMoved, StockPromised
from trastienda.errors import NotFound
from trastienda.schemas.stock import Level, MovementDraft, StockLevel
from trastienda.schemas.terms import Terms
from trastienda.services import stock_events
from trastienda.services.stock_events import MOVED, telling

# Takes from the first location that has some, then from the next, until there is enough.
_RESERVE = prepared(f"""
    WITH want AS (
        SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[])
            AS want (variant_id, quantity)
    ), held AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, stock.on_hand - stock.reserved AS available,
            locations.position
        FROM stock JOIN locations ON locations.id = stock.location_id
        WHERE stock.variant_id = ANY (%(variants)s) ORDER BY stock.id FOR UPDATE OF stock
    ), share AS (
        SELECT held.id, least(held.available, want.quantity - coalesce(sum(held.available) OVER (
            PARTITION BY held.variant_id ORDER BY held.position, held.id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS quantity
        FROM held JOIN want ON want.variant_id = held.variant_id
    ), moved AS (
        UPDATE stock SET reserved = stock.reserved + share.quantity,
            version = stock.version + 1 FROM share
        WHERE stock.id = share.id AND share.quantity > 0
        RETURNING {MOVED}, share.quantity
    ), kept AS (
        INSERT INTO reservations (source_id, stock_id, quantity)
        SELECT %(source)s, id, quantity FROM moved
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, source_id, created_at)
        SELECT id, 'reserved', 0, quantity, %(source)s, %(now)s FROM moved
    ), {telling("'reserved'")}
    SELECT want.variant_id, want.quantity, coalesce((
            SELECT sum(quantity) FROM moved WHERE moved.variant_id = want.variant_id), 0)::bigint,
        coalesce((
            SELECT sum(available) FROM held WHERE held.variant_id = want.variant_id), 0)::bigint
    FROM want
""")
_RELEASE = prepared(f"""
    WITH held AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, reservations.quantity,
            stock.on_hand - stock.reserved AS available
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
        WHERE reservations.source_id = %(source)s ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET reserved = stock.reserved - held.quantity,
            version = stock.version + 1 FROM held
        WHERE stock.id = held.id
        RETURNING {MOVED}
    ), gone AS (
        DELETE FROM reservations WHERE source_id = %(source)s
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, source_id, created_at)
        SELECT id, 'released', 0, -quantity, %(source)s, %(now)s FROM held
    ), {telling("'released'")}
    SELECT variants.product_id FROM held JOIN variants ON variants.id = held.variant_id
    WHERE held.available = 0
""")
_FULFIL = prepared(f"""
    WITH want AS (
        SELECT * FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[])
            AS want (variant_id, quantity)
    ), held AS MATERIALIZED (
        SELECT stock.id, stock.variant_id, reservations.id AS reservation_id,
            reservations.quantity
        FROM reservations JOIN stock ON stock.id = reservations.stock_id
        WHERE reservations.source_id = %(source)s AND stock.variant_id = ANY (%(variants)s)
        ORDER BY stock.id FOR UPDATE OF stock
    ), share AS (
        SELECT held.id, held.variant_id, held.reservation_id, held.quantity AS whole,
            least(held.quantity, want.quantity - coalesce(sum(held.quantity) OVER (
                PARTITION BY held.variant_id ORDER BY held.id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS quantity
        FROM held JOIN want ON want.variant_id = held.variant_id
    ), moved AS (
        UPDATE stock SET on_hand = on_hand - share.quantity, reserved = reserved - share.quantity,
            version = stock.version + 1
        FROM share WHERE stock.id = share.id AND share.quantity > 0
        RETURNING {MOVED}, share.quantity
    ), partly AS (
        UPDATE reservations SET quantity = reservations.quantity - share.quantity FROM share
        WHERE reservations.id = share.reservation_id
            AND share.quantity > 0 AND share.quantity < share.whole
    ), gone AS (
        DELETE FROM reservations USING share
        WHERE reservations.id = share.reservation_id AND share.quantity = share.whole
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, source_id, created_at)
        SELECT id, 'fulfilled', -quantity, -quantity, %(source)s, %(now)s FROM moved
    ), {telling("'fulfilled'")}
    SELECT coalesce(sum(quantity), 0)::bigint FROM moved
""")
_PLACE_SQL = """
    SELECT variants.id AS variant_id, variants.product_id, locations.id AS location_id
    FROM variants JOIN locations ON locations.code = %(location)s WHERE variants.sku = %(sku)s
"""
_PLACE = prepared(_PLACE_SQL)
_BOOK_SQL = f""", ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, actor_id, created_at)
        SELECT id, %(reason)s, %(quantity)s, 0, %(actor_id)s::uuid, %(now)s FROM moved
    ), {telling("%(reason)s::text")}
    SELECT place.product_id, moved.on_hand, moved.reserved FROM moved CROSS JOIN place
"""
_BOOK_IN = prepared(f"""
    WITH place AS ({_PLACE_SQL}), moved AS (
        INSERT INTO stock (id, variant_id, location_id, on_hand, reserved)
        SELECT %(id)s, variant_id, location_id, %(quantity)s, 0 FROM place
        ON CONFLICT (variant_id, location_id) DO UPDATE
            SET on_hand = stock.on_hand + excluded.on_hand, version = stock.version + 1
        RETURNING {MOVED}
    ) {_BOOK_SQL}
""")
_BOOK_OUT = prepared(f"""
    WITH place AS ({_PLACE_SQL}), moved AS (
        UPDATE stock SET on_hand = on_hand + %(quantity)s, version = version + 1 FROM place
        WHERE stock.variant_id = place.variant_id AND stock.location_id = place.location_id
        RETURNING {MOVED}
    ) {_BOOK_SQL}
""")
_LEVELS = prepared("""
    SELECT locations.code, stock.on_hand, stock.reserved
    FROM variants
    JOIN stock ON stock.variant_id = variants.id
    JOIN locations ON locations.id = stock.location_id
    WHERE variants.sku = %(sku)s ORDER BY locations.position, locations.code
""")
_KNOWN = prepared("SELECT 1 FROM variants WHERE sku = %(sku)s")


async def reserve(
    session: Session, source_id: UUID, wanted: Mapping[UUID, int], terms: Terms
) -> Sequence[Row]:
    """Promise units of variants to an order.

    Return a row a variant: its id, how many were wanted, how many there are now for the order,
    how many were free before. Where fewer were taken than wanted the caller must roll back.
    """
    variants, quantities = list(wanted), list(wanted.values())
    names = stock_events.about(session, terms, source_id)
    return await _RESERVE.rows(session, **names, variants=variants, quantities=quantities)


async def release(session: Session, source_id: UUID, terms: Terms) -> set[UUID]:
    """Give back all that was promised; return the products that had been sold out."""
    rows = await _RELEASE.rows(session, **stock_events.about(session, terms, source_id))
    return {product_id for (product_id,) in rows}


async def fulfil(session: Session, source_id: UUID, sent: Mapping[UUID, int], terms: Terms) -> None:
    """Take what was promised to an order off the shelf. Raise NothingPromised for more."""
    variants, quantities = list(sent), list(sent.values())
    names = stock_events.about(session, terms, source_id)
    row = await _FULFIL.row(session, **names, variants=variants, quantities=quantities)
    if row is None or row[0] != sum(quantities):
        raise NothingPromised


async def move(
    session: Session, sku: str, draft: MovementDraft, terms: Terms
) -> tuple[UUID, Level]:
    """Book stock in or out; return whose product it is, and the level afterwards.

    Raise StockNotFound, or StockPromised when buyers have been promised more than would be left.
    """
    if not draft.quantity:
        raise NothingMoved(pointer="/quantity")
    place = {"sku": sku, "location": draft.location}
    what = {"quantity": draft.quantity, "reason": draft.reason.value}
    who = stock_events.about(session, terms)
    try:
        if draft.quantity > 0:
            row = await _BOOK_IN.row(session, id=uuid7(), **place, **what, **who)
        else:
            row = await _BOOK_OUT.row(session, **place, **what, **who)
    except CheckViolation as refusal:
        raise StockPromised from refusal
    except ForeignKeyViolation as gone:  # the variant or location was deleted while we looked
        raise StockNotFound from gone
    if row is None and await _PLACE.row(session, **place) is None:
        raise StockNotFound
    if row is None:
        raise StockPromised
    product_id, on_hand, reserved = row
    return product_id, Level(on_hand, reserved, on_hand - reserved)


async def levels(session: Reading, sku: str) -> list[StockLevel]:
    """Say what each location holds of a SKU. Raise StockNotFound when there is no such SKU."""
    rows = await _LEVELS.rows(session, sku=sku)
    if not rows and await _KNOWN.row(session, sku=sku) is None:
        raise StockNotFound
    return [StockLevel(code, on_hand, held, on_hand - held) for code, on_hand, held in rows]


class StockNotFound(NotFound):
    """There is no such SKU, or no such location."""


class NothingPromised(StockPromised):
    """More was sent than this order had been promised."""
