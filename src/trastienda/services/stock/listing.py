"""Lists of stock, and of the movements that made it, a page at a time."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import structs

from trastienda.database.db import Prepared, Reading, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.stock.listing import (
    StockItem,
    StockMovementPage,
    StockMovementsWanted,
    StockMovementView,
    StockPage,
    StockWanted,
)
from trastienda.services.shared import cursors
from trastienda.services.shared.records import selected
from trastienda.services.stock.stock import levels

_OF_ROWS = {
    "location": "location_id = (SELECT id FROM locations WHERE code = %(location)s)",
    "available_below": "on_hand - reserved < %(available_below)s",
    "reserved": "(reserved > 0) = %(reserved)s",
}
_OF_VARIANTS = {
    "sku": "variants.sku = %(sku)s",
    "product_id": "variants.product_id = %(product_id)s",
}
_PLACED = ("limit", "cursor")
_MOVEMENTS = prepared("""
    SELECT moved.id, stock.id, locations.code, moved.reason, moved.on_hand, moved.reserved,
        moved.created_at, moved.source_id, moved.actor_id
    FROM variants JOIN stock ON stock.variant_id = variants.id
        JOIN locations ON locations.id = stock.location_id
        CROSS JOIN LATERAL (
            SELECT * FROM stock_movements
            WHERE stock_movements.stock_id = stock.id
                AND (%(last)s::bigint IS NULL OR stock_movements.id < %(last)s::bigint)
                AND (%(reason)s::text IS NULL OR stock_movements.reason = %(reason)s::text)
            ORDER BY stock_movements.id DESC LIMIT %(limit)s + 1) AS moved
    WHERE variants.sku = %(sku)s
        AND (%(location)s::text IS NULL OR locations.code = %(location)s::text)
    ORDER BY moved.id DESC LIMIT %(limit)s + 1
""")


async def page(session: Reading, wanted: StockWanted, locale: Locale) -> StockPage:
    """Return a page of stock by SKU. Raise CursorUnusable for a cursor of another list."""
    filters = _filters(wanted)
    name = ["stock", *(f"{key}={value}" for key, value in sorted(filters.items()))]
    values = {**filters, "limit": wanted.limit, "locale": locale.value}
    if wanted.cursor is not None:
        values["last_sku"], values["last_id"] = cursors.read(wanted.cursor, name, str)
    statement = _statement(frozenset(filters), after=wanted.cursor is not None)
    rows = await statement.rows(session, **values)
    items = [selected(row[1:], StockItem) for row in rows[: wanted.limit]]
    if len(rows) <= wanted.limit:
        return StockPage(items, None)
    return StockPage(items, cursors.after(name, items[-1].sku, rows[wanted.limit - 1][0]))


def _filters(wanted: StockWanted) -> dict[str, Any]:
    given = structs.asdict(wanted).items()
    return {name: it for name, it in given if it is not None and name not in _PLACED}


@cache
def _statement(filters: frozenset[str], *, after: bool) -> Prepared:
    """Return the statement of a page.

    Few rows are found by what is available, which has an index. Those that are reserved are not:
    they change with each sale, so all rows are read once, in the order in which they lie.
    """
    of_rows = [it for name, it in _OF_ROWS.items() if name in filters]
    found, cte = "stock", ""
    if of_rows:
        condition = " AND ".join(of_rows)
        cte = f"WITH found AS MATERIALIZED (SELECT * FROM stock WHERE {condition})"
        found = "found AS stock"
    conditions = " AND ".join(_conditions(filters, after=after)) or "true"
    return Prepared(f"""
        {cte}
        SELECT stock.id, variants.sku, texts.name, variants.id, variants.product_id,
            locations.code, stock.on_hand, stock.reserved, stock.on_hand - stock.reserved
        FROM {found} JOIN variants ON variants.id = stock.variant_id
            JOIN locations ON locations.id = stock.location_id
            JOIN variant_texts AS texts
                ON texts.variant_id = variants.id AND texts.locale = %(locale)s
        WHERE {conditions}
        ORDER BY variants.sku, stock.id LIMIT %(limit)s + 1
    """)


def _conditions(filters: frozenset[str], *, after: bool) -> Iterator[str]:
    yield from (it for name, it in _OF_VARIANTS.items() if name in filters)
    if after:
        yield "(variants.sku, stock.id) > (%(last_sku)s, %(last_id)s)"


async def movements(session: Reading, sku: str, wanted: StockMovementsWanted) -> StockMovementPage:
    """Return what moved the stock of a SKU, the newest first.

    Raise StockNotFound, or CursorUnusable for a cursor of another list.
    """
    await levels(session, sku)
    reason = wanted.reason.value if wanted.reason else None
    name = ["stock-movements", sku, wanted.location or "", reason or ""]
    last, _ = cursors.read(wanted.cursor, name, int) if wanted.cursor else (None, None)
    rows = await _MOVEMENTS.rows(
        session, sku=sku, location=wanted.location, reason=reason, last=last, limit=wanted.limit
    )
    items = [selected(row[2:], StockMovementView) for row in rows[: wanted.limit]]
    if len(rows) <= wanted.limit:
        return StockMovementPage(items, None)
    number, stock_id = rows[wanted.limit - 1][:2]
    return StockMovementPage(items, cursors.after(name, str(number), stock_id))
