"""The price history of a variant: its current and its former listed prices."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.schemas.prices.history import PastPriceView, PresentPrice, PriceHistory
from trastienda.services.catalogue import lowest_price
from trastienda.services.catalogue.products import VariantNotFound
from trastienda.services.shared import cursors

_VARIANT = prepared("SELECT id FROM variants WHERE sku = %(sku)s")
_PRESENT = prepared(f"""
    SELECT prices.currency, coalesce(prices.listed, prices.amount), prices.amount,
        prices.converted,
        CASE WHEN prices.listed IS NULL THEN prices.compare_at ELSE prices.listed_compare_at END,
        prices.reduced_at, {lowest_price.LOWEST_SQL}
    FROM prices
    JOIN variants ON variants.id = prices.variant_id
    JOIN products ON products.id = variants.product_id
    WHERE prices.variant_id = %(variant)s
        AND (%(currency)s::text IS NULL OR prices.currency = %(currency)s)
    ORDER BY prices.currency
""")
_PAGE = prepared("""
    SELECT currency, amount, ended_at, id FROM past_prices
    WHERE variant_id = %(variant)s
        AND (%(currency)s::text IS NULL OR currency = %(currency)s)
        AND (%(ended_at)s::timestamptz IS NULL
            OR (ended_at, id) < (%(ended_at)s, %(id)s::bigint))
    ORDER BY ended_at DESC, id DESC LIMIT %(limit)s + 1
""")


async def page(
    session: Reading, sku: str, currency: str | None, now: datetime, of: tuple[int, str | None]
) -> PriceHistory:
    """Return a variant's current prices and a page of its former ones, newest first.

    Prices are in minor units, of one currency, or of all if it is None. `of` is the page's limit
    and cursor. Raise VariantNotFound or CursorUnusable.
    """
    limit, cursor = of
    variant = await _VARIANT.row(session, sku=sku)
    if variant is None:
        raise VariantNotFound
    names = {"variant": variant[0], "currency": currency}
    shape = ["price history", str(variant[0]), currency or ""]
    ended_at, id_ = cursors.read(cursor, shape, cursors.moment) if cursor else (None, None)
    after = {"ended_at": ended_at, "id": id_.int if id_ else None}
    rows = await _PAGE.rows(session, **names, **after, limit=limit)
    present = await _PRESENT.rows(session, **names, now=now)
    last = rows[limit - 1] if len(rows) > limit else None
    return PriceHistory(
        present=[PresentPrice(*row) for row in present],
        items=[PastPriceView(*row[:3]) for row in rows[:limit]],
        next_cursor=cursors.after(shape, last[2].isoformat(), UUID(int=last[3])) if last else None,
    )
