"""Reading a cart: one statement returns everything its price and its problems depend on.

A second one counts the customer's uses of promotions, if one has a limit per customer.

The SQL expressions for prices, taxes, shipping and promotions are in the modules of these subjects.
Every part of a statement costs PostgreSQL time, used or not. So carts of a shop without promotions,
price lists, tax zones and tariffs are read by a short statement, which also returns whether it is
still sufficient. See docs/decisions/0021 for what that saves.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from trastienda.database.db import Reading, Row, prepared
from trastienda.database.driver import Call
from trastienda.database.models.carts.cart import MOST_LINES, CartFull, CartNotFound
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import credit as cart_credit
from trastienda.services.carts import prices as cart_prices
from trastienda.services.carts import quotes
from trastienda.services.promotions import of_carts as cart_promotions
from trastienda.services.promotions import uses as promotion_uses
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes


class Parts(NamedTuple):
    """Expressions: what there is to know of a cart."""

    taxation: str
    shipping: str
    offers: str
    category_ids: str
    unit_price: str


_ALL = Parts(
    cart_taxes.SQL,
    cart_shipping.SQL,
    cart_promotions.SQL,
    cart_promotions.CATEGORIES_SQL,
    cart_prices.SQL,
)
_FEW = Parts(
    cart_taxes.FLAT_SQL,
    cart_shipping.FLAT_SQL,
    cart_promotions.NONE_SQL,
    cart_promotions.NO_CATEGORIES_SQL,
    cart_prices.OWN_SQL,
)
_FEW_DO_SQL = f"""
    {cart_taxes.FLAT_DO_SQL} AND {cart_shipping.FLAT_DO_SQL}
    AND {cart_promotions.NONE_DO_SQL} AND {cart_prices.OWN_DO_SQL}
"""


def _document(parts: Parts) -> str:
    return f"""json_build_object(
        'id', carts.id, 'channel_id', carts.channel_id, 'customer_id', carts.customer_id,
        'state', carts.state, 'version', carts.version, 'currency', carts.currency,
        'email', carts.email, 'shipping_address', carts.shipping_address,
        'billing_address', carts.billing_address, 'vat_number', carts.vat_number,
        'vat_check', carts.vat_check,
        'has_gift_cards', carts.has_gift_cards, 'uses_store_credit', carts.uses_store_credit,
        'countries', channels.countries, 'rounding', channels.rounding,
        'taxation', {parts.taxation},
        'shipping', {parts.shipping},
        'offers', {parts.offers},
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
                'category_ids', {parts.category_ids},
                'price', CASE WHEN products.published THEN {parts.unit_price} END,
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
            WHERE cart_lines.cart_id = carts.id), '[]'))::text"""


_FROM_SQL = """
    FROM carts
    JOIN channels ON channels.id = carts.channel_id
    LEFT JOIN shipping_options ON shipping_options.id = carts.shipping_option_id
    LEFT JOIN shipping_prices ON shipping_prices.shipping_option_id = shipping_options.id
        AND shipping_prices.currency = carts.currency
    WHERE carts.id = %(cart)s
        AND (carts.customer_id IS NULL OR carts.customer_id = %(visitor)s::uuid)
"""
LONG = prepared(f"SELECT {_document(_ALL)}, {_FEW_DO_SQL} {_FROM_SQL}")
SHORT = prepared(f"""
    SELECT CASE WHEN few.do THEN {_document(_FEW)} END, few.do
    {_FROM_SQL.replace("WHERE", f"CROSS JOIN LATERAL (SELECT {_FEW_DO_SQL} AS do) AS few WHERE")}
""")
_rows = msgspec.json.Decoder(CartRow)
_served_last = [LONG]  # a guess that each answer corrects


async def read(session: Reading, visitor: Visitor, cart_id: str, context: Context) -> CartRow:
    """Read a cart as of the request's time. Raise CartNotFound, CartFull or QuotesWanted.

    This takes one statement, or two for the first cart after the shop begins to use promotions,
    price lists, tax zones or tariffs.
    """
    rows = await _served_last[0].rows(session, **_names(visitor, cart_id, context))
    return await found(session, rows, visitor, cart_id, context)


def asking(visitor: Visitor, cart_id: str, context: Context) -> Call:
    """Return the call that reads a cart, to be sent together with a change; then call `found`."""
    return _served_last[0].call(_names(visitor, cart_id, context))


async def found(
    session: Reading, rows: Sequence[Row], visitor: Visitor, cart_id: str, context: Context
) -> CartRow:
    """Return the cart for the rows that the call of `asking` returned, as `read` does."""
    row = rows[0] if rows else None
    if row is not None and row[0] is None:
        row = await LONG.row(session, **_names(visitor, cart_id, context))
    if row is None:
        raise CartNotFound
    _served_last[0] = SHORT if row[1] else LONG
    cart = _rows.decode(row[0])
    cart.offers = await promotion_uses.by_customer(session, cart)
    if cart.has_gift_cards or cart.uses_store_credit:
        cart.credit = await cart_credit.read(session, cart, visitor.user_id, context.asked_at)
    if len(cart.lines) > MOST_LINES:
        raise CartFull
    await quotes.complete(session, cart, context.asked_at)
    return cart


def _names(visitor: Visitor, cart_id: str, context: Context) -> dict[str, Any]:
    request = {"locale": context.locale.value, "now": context.asked_at}
    return {"cart": cart_id, "visitor": visitor.user_id, **request}
