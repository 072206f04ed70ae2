from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts, reading, shipping_options
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view
from trastienda.services.shipping import of_carts as cart_shipping


@use_case
async def choose_shipping(
    visitor: Visitor, cart_id: str, option_id: UUID, context: Context
) -> CartView:
    """Choose the shipping option of a cart.

    Raise ShippingOptionNotFound, or the errors of `carts.claim` and `reading.read`.
    """
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await shipping_options.choose(session, cart_id, option_id)
        cart = await reading.read(session, visitor, cart_id, context)
        assessed = assess(cart, context)
        cart_shipping.check_available(assessed, option_id)
        return await session.answer(view(assessed))
