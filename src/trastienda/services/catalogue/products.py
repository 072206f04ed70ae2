"""Product pages, as the shop shows them."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.database.models.credit.cart_gift_card import MOST_SOLD
from trastienda.database.models.shared.text import Locale
from trastienda.errors import NotFound
from trastienda.services.catalogue import lowest_price
from trastienda.services.catalogue.statements import PICTURE_SQL

_PAGE_SQL = f"""
    SELECT row_to_json(page)::text FROM (
        SELECT products.id, products.slug, texts.name, texts.description, cards.currency,
            coalesce((
                SELECT json_agg(category) FROM (
                    SELECT categories.slug, names.name
                    FROM product_categories
                    JOIN categories ON categories.id = product_categories.category_id
                    JOIN category_texts AS names ON names.category_id = categories.id
                        AND names.locale = cards.locale
                    WHERE product_categories.product_id = products.id
                    ORDER BY product_categories.position, categories.id) AS category
            ), '[]') AS categories,
            texts.options,
            (
                SELECT json_agg((
                    SELECT json_strip_nulls(row_to_json(variant)) FROM (
                        SELECT variants.id, variants.sku, names.name, names.options,
                            coalesce(prices.listed, prices.amount) AS price,
                            CASE WHEN prices.listed IS NULL THEN prices.compare_at
                                ELSE prices.listed_compare_at END AS compare_at_price,
                            {lowest_price.LOWEST_SQL} AS lowest_price_30_days,
                            stock_level.available > 0 AS in_stock, stock_level.available, (
                                SELECT coalesce(media_id, product_media.id) FROM product_media
                                WHERE product_media.id = variants.picture_id) AS media) AS variant
                    ) ORDER BY variants.position, variants.id)
                FROM variants
                JOIN prices ON prices.variant_id = variants.id
                    AND prices.currency = cards.currency
                JOIN variant_texts AS names ON names.variant_id = variants.id
                    AND names.locale = cards.locale
                CROSS JOIN LATERAL (
                    SELECT CASE WHEN products.gift_card THEN {MOST_SOLD}
                        ELSE coalesce(sum(on_hand - reserved), 0) END::bigint AS available
                    FROM stock WHERE stock.variant_id = variants.id) AS stock_level
                WHERE variants.product_id = products.id
            ) AS variants,
            coalesce((
                SELECT json_agg(picture) FROM (
                    SELECT {PICTURE_SQL.format(locale="cards.locale")}
                    FROM product_media
                    WHERE product_media.product_id = products.id AND url IS NOT NULL
                    ORDER BY position, product_media.id) AS picture
            ), '[]') AS media,
            coalesce(products.attributes -> cards.locale, '{{{{}}}}') AS attributes,
            products.gift_card
        FROM products
        {{cards}}
        JOIN product_texts AS texts ON texts.product_id = products.id
            AND texts.locale = cards.locale
        WHERE {{wanted}}) AS page
"""
_PAGE = prepared(
    _PAGE_SQL.format(
        cards="""JOIN cards ON cards.product_id = products.id
            AND cards.locale = %(locale)s AND cards.currency = %(currency)s""",
        wanted="products.slug = %(slug)s",
    )
)
# What has no card yet is not for sale, or has no price in the currency.
_PREVIEW = prepared(
    _PAGE_SQL.format(
        cards="""CROSS JOIN (
            SELECT %(locale)s::text AS locale, %(currency)s::text AS currency) AS cards""",
        wanted="""products.id = %(product)s AND EXISTS (
            SELECT FROM variants JOIN prices ON prices.variant_id = variants.id
                AND prices.currency = cards.currency
            WHERE variants.product_id = products.id)""",
    )
)


async def page(session: Reading, slug: str, locale: Locale, currency: str, now: datetime) -> bytes:
    """Return the JSON of a product's page in a language and a currency.

    Raise ProductNotFound, also for a product without a price in this currency.
    """
    names = {"slug": slug, "locale": locale.value, "currency": currency, "now": now}
    document = await _PAGE.document(session, **names)
    if document is None:
        raise ProductNotFound
    return document


async def preview(
    session: Reading, product_id: UUID, locale: Locale, currency: str, now: datetime
) -> bytes:
    """Return what `page` will return once the product is published, also before it is.

    Raise ProductNotFound, also for a product without a price in this currency.
    """
    names = {"product": product_id, "locale": locale.value, "currency": currency, "now": now}
    document = await _PREVIEW.document(session, **names)
    if document is None:
        raise ProductNotFound
    return document


class ProductNotFound(NotFound):
    """There is no such product."""


class VariantNotFound(NotFound):
    """No variant has this SKU."""
