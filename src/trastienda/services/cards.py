"""The table that lists read: one finished card for each product, language and currency."""

from collections.abc import Collection, Sequence
from uuid import UUID

from trastienda.database.db import Session, prepared

_LOCK = prepared("""
    SELECT id FROM products WHERE id = ANY (%(products)s) ORDER BY id FOR NO KEY UPDATE
""")
_OFFERS_SQL = """
    WITH RECURSIVE shelves AS (
        SELECT product_categories.product_id, categories.id, categories.parent_id
        FROM product_categories
        JOIN categories ON categories.id = product_categories.category_id
        WHERE product_categories.product_id = ANY (%(products)s)
        UNION
        SELECT shelves.product_id, categories.id, categories.parent_id
        FROM shelves JOIN categories ON categories.id = shelves.parent_id
    ), placed AS (
        SELECT product_id, array_agg(id) AS category_ids FROM shelves GROUP BY product_id
    ), held AS (
        SELECT variants.id AS variant_id, sum(stock.on_hand - stock.reserved) > 0 AS in_stock
        FROM variants JOIN stock ON stock.variant_id = variants.id
        WHERE variants.product_id = ANY (%(products)s) GROUP BY variants.id
    ), offers AS (
        SELECT DISTINCT ON (variants.product_id, prices.currency)
            variants.product_id, prices.currency,
            coalesce(prices.listed, prices.amount) AS amount,
            CASE WHEN prices.listed IS NULL THEN prices.compare_at
                ELSE prices.listed_compare_at END AS compare_at,
            coalesce(held.in_stock, false) AS in_stock
        FROM variants
        JOIN prices ON prices.variant_id = variants.id
        LEFT JOIN held ON held.variant_id = variants.id
        WHERE variants.product_id = ANY (%(products)s)
        ORDER BY variants.product_id, prices.currency,
            coalesce(held.in_stock, false) DESC, coalesce(prices.listed, prices.amount),
            variants.position
    )
"""
_DOCUMENT_SQL = """
        CASE WHEN offers.compare_at IS NULL THEN (SELECT row_to_json(card) FROM (
                SELECT products.id, products.slug, texts.name, products.thumbnail,
                    offers.amount AS price, offers.in_stock) AS card)
            ELSE (SELECT row_to_json(card) FROM (
                SELECT products.id, products.slug, texts.name, products.thumbnail,
                    offers.amount AS price, offers.compare_at AS compare_at_price,
                    offers.in_stock) AS card)
        END::text
"""
_FRESH_SQL = f"""
    {_OFFERS_SQL}, texts AS MATERIALIZED (
        SELECT product_id, locale, name, sort_key,
            to_tsvector(CASE locale WHEN 'es' THEN 'spanish' ELSE 'english' END::regconfig,
                        search_text) AS search
        FROM product_texts WHERE product_id = ANY (%(products)s)
    )
    SELECT texts.locale, offers.currency, products.id, products.created_at, texts.sort_key,
        offers.amount, offers.in_stock, coalesce(placed.category_ids, '{{}}'), texts.search,
        {_DOCUMENT_SQL}
    FROM products
    JOIN texts ON texts.product_id = products.id
    JOIN offers ON offers.product_id = products.id
    LEFT JOIN placed ON placed.product_id = products.id
    WHERE products.id = ANY (%(products)s) AND products.published
"""
_COLUMNS = (
    "listed_at",
    "sort_key",
    "price",
    "in_stock",
    "category_ids",
    "search",
    "document",
)
_REFRESH = prepared(f"""
    INSERT INTO cards (locale, currency, product_id, {", ".join(_COLUMNS)}) {_FRESH_SQL}
    ON CONFLICT (locale, currency, product_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
""")
# Only where it shows: each change of a price is one in all indexes, that of the search above all.
_REPRICE = prepared(f"""
    {_OFFERS_SQL}, fresh AS MATERIALIZED (
        SELECT texts.locale, offers.currency, products.id, offers.amount, offers.in_stock,
            {_DOCUMENT_SQL} AS document
        FROM offers
        JOIN products ON products.id = offers.product_id
        JOIN product_texts AS texts ON texts.product_id = products.id
    )
    UPDATE cards SET price = fresh.amount, in_stock = fresh.in_stock, document = fresh.document
    FROM fresh
    WHERE cards.product_id = fresh.id AND cards.locale = fresh.locale
        AND cards.currency = fresh.currency AND cards.document <> fresh.document
""")
_LACKING = prepared("""
    SELECT DISTINCT variants.product_id
    FROM variants
    JOIN prices ON prices.variant_id = variants.id
    JOIN products ON products.id = variants.product_id AND products.published
    WHERE variants.product_id = ANY (%(products)s) AND NOT EXISTS (
        SELECT FROM cards
        WHERE cards.product_id = variants.product_id AND cards.currency = prices.currency)
""")
_DROP_OLD = prepared("""
    DELETE FROM cards WHERE product_id = ANY (%(products)s) AND NOT EXISTS (
        SELECT FROM products
        JOIN variants ON variants.product_id = products.id
        JOIN prices ON prices.variant_id = variants.id
        WHERE products.id = cards.product_id AND products.published
            AND prices.currency = cards.currency)
""")


async def hold(session: Session, product_ids: Collection[UUID]) -> list[UUID]:
    """Lock these products, in order of their ids; return them in it."""
    products = sorted(product_ids)
    await _LOCK(session, products=products)
    return products


async def refresh(session: Session, product_ids: Collection[UUID]) -> None:
    """Write the cards of these products anew, in the transaction that changed what they show.

    The products are locked first, in order of their ids, so that of two changes at once the
    later one sees the earlier.
    """
    products = await hold(session, product_ids)
    await _DROP_OLD(session, products=products)
    await _REFRESH(session, products=products)


async def reprice(session: Session, products: Sequence[UUID]) -> None:
    """Let the cards of these products, which are locked, show their prices: nothing else changed.

    Where a currency is new, or gone, cards come and go.
    """
    await _DROP_OLD(session, products=products)
    await _REPRICE(session, products=products)
    if rows := await _LACKING.rows(session, products=products):
        await _REFRESH(session, products=[product_id for (product_id,) in rows])
