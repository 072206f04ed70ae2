"""A cart as it is read: one statement, with all that its price and its problems depend on.

What belongs to prices, taxes, shipping and promotions is an SQL expression of their own module.
"""

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.database.models.cart import MOST_LINES, CartFull, CartNotFound
from trastienda.schemas.cart import CartRow
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_prices, cart_promotions, cart_quotes, cart_shipping, cart_taxes

_READ = prepared(f"""
    SELECT json_build_object(
        'id', carts.id, 'channel_id', carts.channel_id, 'customer_id', carts.customer_id,
        'state', carts.state, 'version', carts.version, 'currency', carts.currency,
        'email', carts.email, 'shipping_address', carts.shipping_address,
        'billing_address', carts.billing_address, 'vat_number', carts.vat_number,
        'vat_check', carts.vat_check,
        'countries', channels.countries, 'rounding', channels.rounding,
        'taxation', {cart_taxes.SQL},
        'shipping', {cart_shipping.SQL},
        'offers', {cart_promotions.SQL},
        'lines', coalesce((
            SELECT json_agg(json_build_object(
                'id', cart_lines.id, 'variant_id', variants.id, 'product_id', products.id,
                'sku', variants.sku, 'name', variant_texts.name, 'slug', products.slug,
                'options', variant_texts.options,
                'thumbnail', coalesce(variants.thumbnail, products.thumbnail),
                'quantity', cart_lines.quantity, 'tax_class', variants.tax_class,
                'weight_grams', variants.weight_grams,
                'longest_mm',
                    greatest(variants.length_mm, variants.width_mm, variants.height_mm),
                'category_ids', {cart_promotions.CATEGORIES_SQL},
                'unit_price', CASE WHEN products.published THEN {cart_prices.SQL} END,
                'available', (SELECT coalesce(sum(on_hand - reserved), 0)::bigint FROM stock
                              WHERE stock.variant_id = variants.id)
            ) ORDER BY cart_lines.id)
            FROM cart_lines
            JOIN variants ON variants.id = cart_lines.variant_id
            JOIN variant_texts ON variant_texts.variant_id = variants.id
                AND variant_texts.locale = %(locale)s
            JOIN products ON products.id = variants.product_id
            LEFT JOIN prices ON prices.variant_id = variants.id
                AND prices.currency = carts.currency
            WHERE cart_lines.cart_id = carts.id), '[]'))::text
    FROM carts
    JOIN channels ON channels.id = carts.channel_id
    LEFT JOIN shipping_options ON shipping_options.id = carts.shipping_option_id
    LEFT JOIN shipping_prices ON shipping_prices.shipping_option_id = shipping_options.id
        AND shipping_prices.currency = carts.currency
    WHERE carts.id = %(cart)s
        AND (carts.customer_id IS NULL OR carts.customer_id = %(visitor)s::uuid)
""")
_rows = msgspec.json.Decoder(CartRow)


async def read(session: Reading, visitor: Visitor, cart_id: str, terms: Terms) -> CartRow:
    """Read a cart as it is at the moment of asking. Raise CartNotFound or QuotesWanted."""
    names = {"cart": cart_id, "visitor": visitor.user_id, "locale": terms.locale.value}
    document = await _READ.document(session, **names, now=terms.asked_at)
    if document is None:
        raise CartNotFound
    cart = _rows.decode(document)
    if len(cart.lines) > MOST_LINES:
        raise CartFull
    await cart_quotes.complete(session, cart, terms.asked_at)
    return cart
