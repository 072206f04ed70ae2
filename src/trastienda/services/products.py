"""Products, as the shop shows them and as staff change them."""

from trastienda.database.db import Reading, prepared
from trastienda.database.models.text import Locale
from trastienda.errors import NotFound

_PAGE = prepared("""
    SELECT json_build_object(
        'id', products.id, 'slug', products.slug, 'name', texts.name,
        'description', texts.description, 'currency', cards.currency,
        'categories', coalesce((
            SELECT json_agg(json_build_object('slug', categories.slug, 'name', names.name)
                ORDER BY product_categories.position, categories.id)
            FROM product_categories
            JOIN categories ON categories.id = product_categories.category_id
            JOIN category_texts AS names ON names.category_id = categories.id
                AND names.locale = cards.locale
            WHERE product_categories.product_id = products.id), '[]'),
        'options', texts.options,
        'variants', (
            SELECT json_agg(CASE WHEN prices.compare_at IS NULL
                THEN json_build_object('id', variants.id, 'sku', variants.sku, 'name', names.name,
                    'options', names.options, 'price', prices.amount,
                    'in_stock', held.available > 0, 'available', held.available)
                ELSE json_build_object('id', variants.id, 'sku', variants.sku, 'name', names.name,
                    'options', names.options, 'price', prices.amount,
                    'compare_at_price', prices.compare_at,
                    'in_stock', held.available > 0, 'available', held.available) END
                ORDER BY variants.position, variants.id)
            FROM variants
            JOIN prices ON prices.variant_id = variants.id AND prices.currency = cards.currency
            JOIN variant_texts AS names ON names.variant_id = variants.id
                AND names.locale = cards.locale
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(on_hand - reserved), 0)::bigint AS available FROM stock
                WHERE stock.variant_id = variants.id) AS held
            WHERE variants.product_id = products.id),
        'media', coalesce((
            SELECT json_agg(json_build_object('url', url, 'alt', alt ->> cards.locale,
                'width', width, 'height', height) ORDER BY position, product_media.id)
            FROM product_media WHERE product_media.product_id = products.id), '[]'),
        'attributes', coalesce(products.attributes -> cards.locale, '{}'))::text
    FROM products
    JOIN cards ON cards.product_id = products.id
        AND cards.locale = %(locale)s AND cards.currency = %(currency)s
    JOIN product_texts AS texts ON texts.product_id = products.id AND texts.locale = cards.locale
    WHERE products.slug = %(slug)s
""")


async def page(session: Reading, slug: str, locale: Locale, currency: str) -> bytes:
    """Return the JSON of a product's page. Raise ProductNotFound when it is not sold so."""
    names = {"slug": slug, "locale": locale.value, "currency": currency}
    document = await _PAGE.document(session, **names)
    if document is None:
        raise ProductNotFound
    return document


class ProductNotFound(NotFound):
    """There is no such product."""
