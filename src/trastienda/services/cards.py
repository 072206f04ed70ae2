"""The table that lists read: one finished card for each product, language and currency."""

from collections.abc import Collection
from uuid import UUID

from trastienda.database.db import Session, prepared

_LOCK = prepared("""
    SELECT id FROM products WHERE id = ANY (%(products)s) ORDER BY id FOR NO KEY UPDATE
""")
_FRESH_SQL = """
    WITH RECURSIVE shelves AS (
        SELECT product_categories.product_id, categories.id, categories.parent_id
        FROM product_categories
        JOIN categories ON categories.id = product_categories.category_id
        WHERE product_categories.product_id = ANY (%(products)s)
        UNION
        SELECT shelves.product_id, categories.id, categories.parent_id
        FROM shelves JOIN categories ON categories.id = shelves.parent_id
    ), offers AS (
        SELECT DISTINCT ON (variants.product_id, prices.currency)
            variants.product_id, prices.currency, prices.amount, prices.compare_at,
            coalesce(held.available, 0) > 0 AS in_stock
        FROM variants
        JOIN prices ON prices.variant_id = variants.id
        LEFT JOIN LATERAL (
            SELECT sum(on_hand - reserved) AS available FROM stock
            WHERE stock.variant_id = variants.id
        ) AS held ON true
        WHERE variants.product_id = ANY (%(products)s)
        ORDER BY variants.product_id, prices.currency,
            coalesce(held.available, 0) > 0 DESC, prices.amount, variants.position
    )
    SELECT texts.locale, offers.currency, products.id, products.created_at, texts.sort_key,
        offers.amount, offers.in_stock,
        ARRAY(SELECT shelves.id FROM shelves WHERE shelves.product_id = products.id),
        to_tsvector(CASE texts.locale WHEN 'es' THEN 'spanish' ELSE 'english' END::regconfig,
                    texts.search_text),
        CASE WHEN offers.compare_at IS NULL
            THEN json_build_object('id', products.id, 'slug', products.slug, 'name', texts.name,
                'thumbnail', products.thumbnail, 'price', offers.amount,
                'in_stock', offers.in_stock)
            ELSE json_build_object('id', products.id, 'slug', products.slug, 'name', texts.name,
                'thumbnail', products.thumbnail, 'price', offers.amount,
                'compare_at_price', offers.compare_at, 'in_stock', offers.in_stock)
        END::text
    FROM products
    JOIN product_texts AS texts ON texts.product_id = products.id
    JOIN offers ON offers.product_id = products.id
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
_DROP_OLD = prepared("""
    DELETE FROM cards WHERE product_id = ANY (%(products)s) AND NOT EXISTS (
        SELECT FROM products
        JOIN variants ON variants.product_id = products.id
        JOIN prices ON prices.variant_id = variants.id
        WHERE products.id = cards.product_id AND products.published
            AND prices.currency = cards.currency)
""")


async def refresh(session: Session, product_ids: Collection[UUID]) -> None:
    """Write the cards of these products anew, in the transaction that changed what they show.

    The products are locked first, in order of their ids, so that of two changes at once the
    later one sees the earlier.
    """
    products = sorted(product_ids)
    await _LOCK(session, products=products)
    await _DROP_OLD(session, products=products)
    await _REFRESH(session, products=products)
