"""Counting: what lies on the shelf becomes what is on hand, and the difference a movement."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation
from uuid_utils.compat import uuid7

from trastienda.database.db import Row, Session, prepared
from trastienda.database.models.stock.stock import Reason, StockPromised
from trastienda.errors import Conflict
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.listing import CountDraft, CountView
from trastienda.services.stock import events
from trastienda.services.stock.events import MOVED, events_sql
from trastienda.services.stock.stock import StockNotFound

_NOT_EXPECTED = -1
_TARGETS_SQL = """
    targets AS MATERIALIZED (
        SELECT given.number, given.id, given.counted,
            nullif(given.expected, %(not_expected)s::bigint) AS expected,
            variants.id AS variant_id, variants.product_id, locations.id AS location_id
        FROM unnest(%(ids)s::uuid[], %(skus)s::text[], %(locations)s::text[], %(counted)s::bigint[],
            %(expected)s::bigint[]) WITH ORDINALITY
            AS given (id, sku, location, counted, expected, number)
        JOIN variants ON variants.sku = given.sku
        JOIN locations ON locations.code = given.location
    )"""
# A new row begins at version 0, so that its first change is number 1 of its events.
_OPEN = prepared(f"""
    WITH {_TARGETS_SQL}
    INSERT INTO stock (id, variant_id, location_id, on_hand, reserved, version)
    SELECT id, variant_id, location_id, 0, 0, 0 FROM targets WHERE counted > 0
    ON CONFLICT (variant_id, location_id) DO NOTHING
""")
_COUNT = prepared(f"""
    WITH {_TARGETS_SQL}, locked AS MATERIALIZED (
        SELECT targets.number, targets.counted, targets.expected, stock.id, stock.on_hand,
            stock.reserved
        FROM stock JOIN targets ON stock.variant_id = targets.variant_id
            AND stock.location_id = targets.location_id
        ORDER BY stock.id FOR UPDATE OF stock
    ), moved AS (
        UPDATE stock SET on_hand = locked.counted, version = stock.version + 1 FROM locked
        WHERE stock.id = locked.id AND locked.on_hand <> locked.counted
            AND coalesce(locked.expected, locked.on_hand) = locked.on_hand
        RETURNING {MOVED}, stock.on_hand - locked.on_hand AS difference
    ), ledger AS (
        INSERT INTO stock_movements (stock_id, reason, on_hand, reserved, actor_id, created_at)
        SELECT id, '{Reason.RECOUNT}', difference, 0, %(actor_id)s::uuid, %(now)s FROM moved
    ), {events_sql(f"'{Reason.RECOUNT}'")}
    SELECT targets.number, targets.product_id, coalesce(locked.on_hand, 0),
        coalesce(locked.reserved, 0), coalesce(moved.difference, 0)
    FROM targets LEFT JOIN locked ON locked.number = targets.number
        LEFT JOIN moved ON moved.id = locked.id
    ORDER BY targets.number
""")


class Counted(NamedTuple):
    """What was counted of a SKU at a location."""

    sku: str
    draft: CountDraft


async def count(
    session: Session, sku: str, draft: CountDraft, context: Context
) -> tuple[UUID, CountView]:
    """Set what a location has of a SKU to what was counted, and record the difference.

    Return the product's id and the level afterwards. Raise StockNotFound, StockPromised if fewer
    were counted than are reserved, or StockMoved if `expected` is not what was there.
    """
    [found] = await count_all(session, [Counted(sku, draft)], context)
    return found


async def count_all(
    session: Session, counts: Sequence[Counted], context: Context
) -> list[tuple[UUID, CountView]]:
    """Do what `count` does for several pairs of a SKU and a location, each of which comes once."""
    given: dict[str, Any] = {
        "ids": [uuid7() for _ in counts],
        "skus": [it.sku for it in counts],
        "locations": [it.draft.location for it in counts],
        "counted": [it.draft.counted for it in counts],
        "expected": [
            _NOT_EXPECTED if it.draft.expected is None else it.draft.expected for it in counts
        ],
        "not_expected": _NOT_EXPECTED,
    }
    try:
        if any(given["counted"]):
            await _OPEN(session, **given)
        rows = await _COUNT.rows(session, **given, **events.event_values(session, context))
    except CheckViolation as violation:
        raise StockPromised(pointer="/counted") from violation
    except ForeignKeyViolation as violation:  # the variant or location was deleted meanwhile
        raise StockNotFound from violation
    if len(rows) < len(counts):
        raise StockNotFound
    return [_level(it.draft, row[1:]) for it, row in zip(counts, rows, strict=True)]


def _level(draft: CountDraft, row: Row) -> tuple[UUID, CountView]:
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


class StockMoved(Conflict):
    """Units have come or gone since the count began; count again."""
