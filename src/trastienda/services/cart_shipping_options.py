"""The ways of shipping that a cart may take: listed at what they would cost, and chosen."""

from uuid import UUID

import msgspec
from msgspec import structs
from psycopg.errors import ForeignKeyViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.shipping_option import ShippingOptionNotFound
from trastienda.schemas.cart import CartRow, ShippingOptionView
from trastienda.schemas.cart_shipping import ShippingRow
from trastienda.schemas.cart_taxes import TaxRow
from trastienda.schemas.terms import Terms
from trastienda.services import cart_quotes, cart_shipping, cart_taxes

_OFFERED = prepared(f"""
    SELECT {cart_shipping.OPTION_SQL}::text, ({cart_taxes.SQL})::text
    FROM carts
    JOIN channels ON channels.id = carts.channel_id
    JOIN shipping_options ON shipping_options.channel_id = carts.channel_id
        AND shipping_options.active
    JOIN shipping_prices ON shipping_prices.shipping_option_id = shipping_options.id
        AND shipping_prices.currency = carts.currency
    WHERE carts.id = %(cart)s
    ORDER BY shipping_options.position, shipping_options.id
""")
_CHOOSE_SHIPPING = prepared("""
    UPDATE carts SET shipping_option_id = shipping_options.id FROM shipping_options
    WHERE carts.id = %(cart)s AND shipping_options.id = %(option)s
        AND shipping_options.channel_id = carts.channel_id
""")
_offers = msgspec.json.Decoder(ShippingRow)
_taxations = msgspec.json.Decoder(TaxRow)


async def choose(session: Session, cart_id: str, option_id: UUID) -> None:
    """Choose a way of shipping. Raise ShippingOptionNotFound when there is no such thing.

    Whether this cart can have it shows when the cart is read: `cart_shipping.expect`.
    """
    try:
        chosen = await _CHOOSE_SHIPPING(session, cart=cart_id, option=option_id)
    except ForeignKeyViolation as gone:  # deleted while we looked
        raise ShippingOptionNotFound(shipping_option=option_id) from gone
    if not chosen:
        raise ShippingOptionNotFound(shipping_option=option_id)


async def offered(session: Reading, cart: CartRow, terms: Terms) -> list[ShippingOptionView]:
    """List what this cart may be shipped by, in the merchant's order, each at what it would cost.

    Each is taxed as where it hands the goods over. Raise QuotesWanted.
    """
    names = {"cart": cart.id, "locale": terms.locale.value, "now": terms.asked_at}
    rows = await _OFFERED.texts(session, **names)
    options = [_offers.decode(offer) for offer, _ in rows]
    options = await cart_quotes.priced(session, cart, options, terms.asked_at)
    found = []
    for option, (_, taxed) in zip(options, rows, strict=True):
        taxation = structs.replace(_taxations.decode(taxed), quote=cart.taxation.quote)
        so = structs.replace(cart, shipping=option, taxation=taxation)
        listed = cart_shipping.price(so)
        if listed is not None:
            price = cart_taxes.decide(so, listed).shipping_price
            found.append(cart_shipping.shown(option, price))
    return found
