"""The shipping options of a cart: listed with their prices, and chosen."""

from uuid import UUID

import msgspec
from msgspec import structs
from psycopg.errors import ForeignKeyViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.shipping.option import ShippingOptionNotFound
from trastienda.schemas.carts.cart import CartRow, ShippingOptionView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shipping.of_carts import ShippingRow
from trastienda.schemas.taxes.of_carts import TaxRow
from trastienda.services.carts import quotes
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes

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
    """Set the shipping option of a cart. Raise ShippingOptionNotFound if it does not exist.

    `cart_shipping.check_available` checks later whether it is available for the cart.
    """
    try:
        chosen = await _CHOOSE_SHIPPING(session, cart=cart_id, option=option_id)
    except ForeignKeyViolation as violation:  # the option was deleted meanwhile
        raise ShippingOptionNotFound(shipping_option=option_id) from violation
    if not chosen:
        raise ShippingOptionNotFound(shipping_option=option_id)


async def offered(session: Reading, cart: CartRow, context: Context) -> list[ShippingOptionView]:
    """Return the shipping options available for a cart, in the merchant's order, with prices.

    There are none for gift cards alone. Prices are in minor units, taxed for the option's place of
    delivery. Raise QuotesWanted.
    """
    if not cart.ships:
        return []
    names = {"cart": cart.id, "locale": context.locale.value, "now": context.asked_at}
    rows = await _OFFERED.texts(session, **names)
    options = [_offers.decode(offer) for offer, _ in rows]
    options = await quotes.priced(session, cart, options, context.asked_at)
    views = []
    for option, (_, taxation) in zip(options, rows, strict=True):
        tax_row = structs.replace(_taxations.decode(taxation), quote=cart.taxation.quote)
        variation = structs.replace(cart, shipping=option, taxation=tax_row)
        listed = cart_shipping.price(variation)
        if listed is not None:
            price = cart_taxes.decide(variation, listed).shipping_price
            views.append(cart_shipping.view(option, price))
    return views
