"""What a variant has cost: the present price, and those that are no more."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.errors import NotFound
from trastienda.schemas.price_history import PastPriceView, PresentPrice, PriceHistory
from trastienda.services import cursors

_PAST_SQL = "past.variant_id = prices.variant_id AND past.currency = prices.currency"
LOWEST_SQL = f"""(CASE
    WHEN prices.reduced_at IS NULL THEN (
        SELECT least(min(past.amount), coalesce(prices.listed, prices.amount))
        FROM past_prices AS past
        WHERE {_PAST_SQL} AND past.ended_at > %(now)s::timestamptz - interval '30 days'
        HAVING count(*) > 0)
    ELSE least(
        (SELECT min(past.amount) FROM past_prices AS past
            WHERE {_PAST_SQL} AND past.ended_at <= prices.reduced_at
                AND past.ended_at > prices.reduced_at - interval '30 days'),
        CASE WHEN products.created_at < prices.reduced_at AND NOT EXISTS (
                SELECT FROM past_prices AS past
                WHERE {_PAST_SQL} AND past.ended_at = prices.reduced_at)
            THEN coalesce(
                (SELECT past.amount FROM past_prices AS past
                    WHERE {_PAST_SQL} AND past.ended_at > prices.reduced_at
                    ORDER BY past.ended_at LIMIT 1),
                coalesce(prices.listed, prices.amount)) END) END)"""
"""For a row of `prices` and its `products`, at `%(now)s`, in minor units.

With a reduction: the lowest price that was applied in the 30 days before it began (Directive
98/6/EC, article 6a). Without: the lowest of the last 30 days, if it was not always the same.
A price that did not change when the reduction began was applied before it, too.
"""
_VARIANT = prepared("SELECT id FROM variants WHERE sku = %(sku)s")
_PRESENT = prepared(f"""
    SELECT prices.currency, coalesce(prices.listed, prices.amount), prices.amount,
        prices.converted,
        CASE WHEN prices.listed IS NULL THEN prices.compare_at ELSE prices.listed_compare_at END,
        prices.reduced_at, {LOWEST_SQL}
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
    """Return what a variant costs, and a page (limit, cursor) of what it cost, the newest first.

    In one currency, or in all. Raise VariantNotFound or CursorUnusable.
    """
    limit, cursor = of
    found = await _VARIANT.row(session, sku=sku)
    if found is None:
        raise VariantNotFound
    names = {"variant": found[0], "currency": currency}
    shape = ["price history", str(found[0]), currency or ""]
    ended_at, id_ = cursors.read(cursor, shape, cursors.moment) if cursor else (None, None)
    place = {"ended_at": ended_at, "id": id_.int if id_ else None}
    rows = await _PAGE.rows(session, **names, **place, limit=limit)
    present = await _PRESENT.rows(session, **names, now=now)
    last = rows[limit - 1] if len(rows) > limit else None
    return PriceHistory(
        present=[PresentPrice(*row) for row in present],
        items=[PastPriceView(*row[:3]) for row in rows[:limit]],
        next_cursor=cursors.after(shape, last[2].isoformat(), UUID(int=last[3])) if last else None,
    )


class VariantNotFound(NotFound):
    """No variant has this SKU."""
