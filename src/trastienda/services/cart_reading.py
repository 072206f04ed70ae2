"""A cart as it is read: one statement, with all that its price and its problems depend on.

What belongs to prices, taxes, shipping and promotions is an SQL expression of their own module.
"""

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.database.models.cart import MOST_LINES, CartFull, CartNotFound
from trastienda.schemas.cart import CartRow
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_prices, cart_promotions, cart_shipping, cart_taxes

_SQL = """
    SELECT json_build_object(
        'id', carts.id, 'channel_id', carts.channel_id, 'customer_id', carts.customer_id,
        'state', carts.state, 'version', carts.version, 'currency', carts.currency,
        'email', carts.email, 'shipping_address', carts.shipping_address,
        'billing_address', carts.billing_address, 'vat_number', carts.vat_number,
        'countries', channels.countries, 'rounding', channels.rounding,
        'taxation', {taxation}, 'shipping', {shipping}, 'offers', {offers},
        'simple_shop', {simple_shop},
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
                'category_ids', {categories},
                'unit_price', CASE WHEN products.published THEN {price} END,
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
"""
# What a shop of its own kind does not have costs it nothing, not even looking: PostgreSQL sets up
# every part of a statement each time it runs, and that is most of what the whole one costs.
_SIMPLE = prepared(
    _SQL.format(
        taxation=cart_taxes.SIMPLE_SQL,
        shipping=cart_shipping.SIMPLE_SQL,
        offers=cart_promotions.SIMPLE_SQL,
        categories=cart_promotions.SIMPLE_CATEGORIES_SQL,
        price=cart_prices.SIMPLE_SQL,
        simple_shop="true",
    )
    + f"""
        AND {cart_taxes.SIMPLE_IF_SQL} AND {cart_shipping.SIMPLE_IF_SQL}
        AND {cart_promotions.SIMPLE_IF_SQL} AND {cart_prices.SIMPLE_IF_SQL}
"""
)
_WHOLE = prepared(
    _SQL.format(
        taxation=cart_taxes.SQL,
        shipping=cart_shipping.SQL,
        offers=cart_promotions.SQL,
        categories=cart_promotions.CATEGORIES_SQL,
        price=cart_prices.SQL,
        simple_shop=f"""
            {cart_taxes.SIMPLE_IF_SQL} AND {cart_promotions.NONE_SQL}
            AND {cart_prices.SIMPLE_IF_SQL}""",
    )
)
_rows = msgspec.json.Decoder(CartRow)


class _Guess:
    """Which statement to begin with: what the last cart said of its shop.

    A wrong guess costs a statement, never an answer: the simple one finds nothing then.
    """

    simple = True


async def read(session: Reading, visitor: Visitor, cart_id: str, terms: Terms) -> CartRow:
    """Read a cart as it is at the moment of asking. Raise CartNotFound."""
    names = {"cart": cart_id, "visitor": visitor.user_id, "locale": terms.locale.value}
    document = await _SIMPLE.document(session, **names) if _Guess.simple else None
    if document is None:
        document = await _WHOLE.document(session, **names, now=terms.asked_at)
    if document is None:
        raise CartNotFound
    cart = _rows.decode(document)
    _Guess.simple = cart.simple_shop
    if len(cart.lines) > MOST_LINES:
        raise CartFull
    return cart
