from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_coupons, cart_reading, carts
from trastienda.services.cart_view import view


@use_case
async def add_coupon(visitor: Visitor, cart_id: str, code: str, terms: Terms) -> CartView:
    """Put a code into a cart; the cart says if it does not apply. Raise CouponUnknown."""
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await cart_coupons.put(session, cart_id, code, terms.asked_at)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))


@use_case
async def drop_coupon(visitor: Visitor, cart_id: str, code: str, terms: Terms) -> CartView:
    """Take a code out of a cart. Raise CouponNotInCart."""
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await cart_coupons.drop(session, cart_id, code)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))
