"""The product cards that lists read: one for each product, language and currency."""

from collections.abc import Collection, Sequence
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.services.catalogue.statements import PICTURE_SQL, PRODUCT_CATEGORIES_SQL

_LOCK = prepared("""
    SELECT id FROM products WHERE id = ANY (%(products)s) ORDER BY id FOR NO KEY UPDATE
""")
_DISPLAY_PRICES_SQL = f"""
    WITH RECURSIVE {PRODUCT_CATEGORIES_SQL}, stock_levels AS (
        SELECT variants.id AS variant_id, sum(stock.on_hand - stock.reserved) > 0 AS in_stock
        FROM variants JOIN stock ON stock.variant_id = variants.id
        WHERE variants.product_id = ANY (%(products)s) GROUP BY variants.id
        UNION ALL
        SELECT variants.id, true FROM variants
        JOIN products ON products.id = variants.product_id AND products.gift_card
        WHERE variants.product_id = ANY (%(products)s)
    ), display_prices AS (
        SELECT DISTINCT ON (variants.product_id, prices.currency)
            variants.product_id, prices.currency,
            coalesce(prices.listed, prices.amount) AS amount,
            CASE WHEN prices.listed IS NULL THEN prices.compare_at
                ELSE prices.listed_compare_at END AS compare_at,
            coalesce(stock_levels.in_stock, false) AS in_stock
        FROM variants
        JOIN prices ON prices.variant_id = variants.id
        LEFT JOIN stock_levels ON stock_levels.variant_id = variants.id
        WHERE variants.product_id = ANY (%(products)s)
        ORDER BY variants.product_id, prices.currency,
            coalesce(stock_levels.in_stock, false) DESC, coalesce(prices.listed, prices.amount),
            variants.position
    )
"""
# A card names its picture only if it has one, as few lists of a shop without pictures should pay.
_PICTURE_SQL = f"""
    CASE WHEN products.thumbnail IS NOT NULL THEN (
        SELECT row_to_json(picture)::text FROM (
            SELECT {PICTURE_SQL.format(locale="texts.locale")} FROM product_media
            WHERE product_media.product_id = products.id AND url IS NOT NULL
            ORDER BY position, product_media.id LIMIT 1) AS picture)
    END
"""
_DOCUMENT_SQL = f"""
        (SELECT left(bare.document, -1) || coalesce(',"picture":' || {_PICTURE_SQL}, '') || '}}'
        FROM (SELECT CASE WHEN display_prices.compare_at IS NULL
            THEN (SELECT row_to_json(card) FROM (
                SELECT products.id, products.slug, texts.name, products.thumbnail,
                    display_prices.amount AS price, display_prices.in_stock) AS card)
            ELSE (SELECT row_to_json(card) FROM (
                SELECT products.id, products.slug, texts.name, products.thumbnail,
                    display_prices.amount AS price, display_prices.compare_at AS compare_at_price,
                    display_prices.in_stock) AS card)
        END::text AS document) AS bare)
"""
# An option or an attribute whose name has a `=` cannot be told from its value, and filters nothing.
_FILTERS_SQL = """
    (SELECT coalesce(array_agg(DISTINCT filter), '{}') FROM (
        SELECT given.key || '=' || given.value AS filter FROM variants
        JOIN variant_texts ON variant_texts.variant_id = variants.id,
            jsonb_each_text(variant_texts.options) AS given
        WHERE variants.product_id = products.id AND variant_texts.locale = texts.locale
            AND strpos(given.key, '=') = 0
        UNION ALL
        SELECT given.key || '=' || given.value
        FROM jsonb_each_text(products.attributes -> texts.locale) AS given
        WHERE strpos(given.key, '=') = 0
    ) AS found WHERE length(filter) <= 120)
"""
# The search document of a product, by weight: its name (A), its variants (B), its categories with
# their parents (C), its description (D). SKUs are added unparsed, as the text parser splits them.
_FRESH_SQL = f"""
    {_DISPLAY_PRICES_SQL}, category_words AS (
        SELECT category_ancestry.product_id, category_texts.locale,
            string_agg(category_texts.search_text, ' ' ORDER BY category_ancestry.id) AS words
        FROM category_ancestry
        JOIN category_texts ON category_texts.category_id = category_ancestry.id
        GROUP BY category_ancestry.product_id, category_texts.locale
    ), texts AS MATERIALIZED (
        SELECT product_texts.product_id, product_texts.locale, product_texts.name, sort_key,
            setweight(to_tsvector(language.name, search_name), 'A')
                || setweight(to_tsvector(language.name, search_terms), 'B')
                || setweight(to_tsvector(language.name, coalesce(category_words.words, '')), 'C')
                || to_tsvector(language.name, search_text)
                || array_to_tsvector(string_to_array(search_terms, ' ')) AS search
        FROM product_texts
        LEFT JOIN category_words USING (product_id, locale)
        CROSS JOIN LATERAL (
            SELECT CASE product_texts.locale WHEN '{Locale.SPANISH}' THEN 'spanish' ELSE 'english'
                END::regconfig AS name) AS language
        WHERE product_texts.product_id = ANY (%(products)s)
    )
    SELECT texts.locale, display_prices.currency, products.id, products.created_at, texts.sort_key,
        display_prices.amount, display_prices.in_stock,
        coalesce(product_category_ids.category_ids, '{{}}'), {_FILTERS_SQL}, texts.search,
        {_DOCUMENT_SQL}
    FROM products
    JOIN texts ON texts.product_id = products.id
    JOIN display_prices ON display_prices.product_id = products.id
    LEFT JOIN product_category_ids ON product_category_ids.product_id = products.id
    WHERE products.id = ANY (%(products)s) AND products.published
"""
_COLUMNS = (
    "listed_at",
    "sort_key",
    "price",
    "in_stock",
    "category_ids",
    "filters",
    "search",
    "document",
)
_REFRESH = prepared(f"""
    INSERT INTO cards (locale, currency, product_id, {", ".join(_COLUMNS)}) {_FRESH_SQL}
    ON CONFLICT (locale, currency, product_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
""")
# Updates only cards that change: every update also writes all indexes, and that of the search is
# the most expensive.
_REPRICE = prepared(f"""
    {_DISPLAY_PRICES_SQL}, fresh AS MATERIALIZED (
        SELECT texts.locale, display_prices.currency, products.id, display_prices.amount,
            display_prices.in_stock, {_DOCUMENT_SQL} AS document
        FROM display_prices
        JOIN products ON products.id = display_prices.product_id
        JOIN product_texts AS texts ON texts.product_id = products.id
    )
    UPDATE cards SET price = fresh.amount, in_stock = fresh.in_stock, document = fresh.document
    FROM fresh
    WHERE cards.product_id = fresh.id AND cards.locale = fresh.locale
        AND cards.currency = fresh.currency AND cards.document <> fresh.document
""")
_WITHOUT_CARD = prepared("""
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


async def lock_products(session: Session, product_ids: Collection[UUID]) -> list[UUID]:
    """Lock these products in the order of their ids; return the ids in that order."""
    products = sorted(product_ids)
    await _LOCK(session, products=products)
    return products


async def refresh(session: Session, product_ids: Collection[UUID]) -> None:
    """Rebuild the cards of these products, in the transaction that changed what they show.

    The products are locked first, in the order of their ids, so that of two concurrent changes the
    later one sees the earlier.
    """
    products = await lock_products(session, product_ids)
    await _DROP_OLD(session, products=products)
    await _REFRESH(session, products=products)


async def reprice(session: Session, products: Sequence[UUID]) -> None:
    """Update the prices on the cards of these products, which the caller has locked.

    Cards are also added for new currencies and deleted for those without a price.
    """
    await _DROP_OLD(session, products=products)
    await _REPRICE(session, products=products)
    if rows := await _WITHOUT_CARD.rows(session, products=products):
        await _REFRESH(session, products=[product_id for (product_id,) in rows])
