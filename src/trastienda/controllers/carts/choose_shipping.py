from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_reading, cart_shipping, cart_shipping_options, carts
from trastienda.services.cart_view import view


@use_case
async def choose_shipping(
    visitor: Visitor, cart_id: str, option_id: UUID, terms: Terms
) -> CartView:
    """Choose how the goods travel. Raise ShippingOptionNotFound."""
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await cart_shipping_options.choose(session, cart_id, option_id)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        cart_shipping.expect(cart, option_id)
        return await session.answer(view(cart, terms))
