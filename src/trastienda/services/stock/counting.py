"""Counting: what lies on the shelf becomes what is on hand, and the difference a movement."""

from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.stock.stock import Reason, StockPromised
from trastienda.errors import Conflict
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.listing import CountDraft, CountView
from trastienda.services.stock import events
from trastienda.services.stock.events import MOVED, events_sql
from trastienda.services.stock.stock import TARGET_SQL, StockNotFound

# A new row begins at version 0, so that its first change is number 1 of its events.
_OPEN = prepared(f"""
    WITH target AS ({TARGET_SQL})
    INSERT INTO stock (id, variant_id, location_id, on_hand, reserved, version)
    SELECT %(id)s, variant_id, location_id, 0, 0, 0 FROM target
    ON CONFLICT (variant_id, location_id) DO NOTHING
""")
_COUNT = prepared(f"""
    WITH target AS ({TARGET_SQL}), locked AS MATERIALIZED (
        SELECT stock.id, stock.on_hand, stock.reserved FROM stock JOIN target
            ON stock.variant_id = target.variant_id AND stock.location_id = target.location_id
        FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET on_hand = %(counted)s, version = stock.version + 1 FROM locked
        WHERE stock.id = locked.id AND locked.on_hand <> %(counted)s
            AND coalesce(%(expected)s::bigint, locked.on_hand) = locked.on_hand
        RETURNING {MOVED}, stock.on_hand - locked.on_hand AS difference
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, actor_id, created_at)
        SELECT id, '{Reason.RECOUNT}', difference, 0, %(actor_id)s::uuid, %(now)s FROM moved
    ), {events_sql(f"'{Reason.RECOUNT}'")}
    SELECT target.product_id, coalesce(locked.on_hand, 0), coalesce(locked.reserved, 0),
        coalesce(moved.difference, 0)
    FROM target LEFT JOIN locked ON true LEFT JOIN moved ON true
""")


class StockMoved(Conflict):
    """Units have come or gone since the count began; count again."""


async def count(
    session: Session, sku: str, draft: CountDraft, context: Context
) -> tuple[UUID, CountView]:
    """Set what a location has of a SKU to what was counted, and record the difference.

    Return the product's id and the level afterwards. Raise StockNotFound, StockPromised if fewer
    were counted than are reserved, or StockMoved if `expected` is not what was there.
    """
    target = {"sku": sku, "location": draft.location}
    given = {"counted": draft.counted, "expected": draft.expected}
    try:
        if draft.counted:
            await _OPEN(session, id=uuid7(), **target)
        row = await _COUNT.row(session, **target, **given, **events.event_values(session, context))
    except CheckViolation as violation:
        raise StockPromised(pointer="/counted") from violation
    except ForeignKeyViolation as violation:  # the variant or location was deleted meanwhile
        raise StockNotFound from violation
    if row is None:
        raise StockNotFound
    product_id, before, reserved, difference = row
    if draft.expected not in {None, before}:
        raise StockMoved(on_hand=before, pointer="/expected")
    level = CountView(
        on_hand=draft.counted,
        reserved=reserved,
        available=draft.counted - reserved,
        difference=difference,
    )
    return product_id, level
