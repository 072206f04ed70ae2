from collections.abc import Sequence

from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_coupons, cart_reading, carts, login_failures
from trastienda.services.cart_view import view
from trastienda.services.login_failures import Limit
from trastienda.services.promotion_conditions import CouponUnknown


@use_case
async def add_coupon(
    visitor: Visitor, cart_id: str, code: str, client: str | None, terms: Terms
) -> CartView:
    """Put a code into a cart; the cart says if it does not apply.

    Raise CouponUnknown, or SlowDown when this cart or `client`, the network address to count, has
    guessed too often (None where limits are off). Codes that exist are not counted, nor do they
    make up for guesses: who knows one code could otherwise go on for ever.
    """
    if limits := login_failures.of_coupon(cart_id, client):
        await _guess(visitor, cart_id, code, limits, terms)
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await cart_coupons.put(session, cart_id, code, terms.asked_at)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))


async def _guess(
    visitor: Visitor, cart_id: str, code: str, limits: Sequence[Limit], terms: Terms
) -> None:
    """Count a code that does not exist, before anybody learns that it does not.

    On one connection with the look at the count: many guesses sent at once would otherwise all
    wait for theirs between the two. Those at one cart come one after the other.
    """
    async with transaction() as session:
        if terms.once:
            await terms.once.recall(session)
        await carts.lock(session, visitor, cart_id)
        await login_failures.refuse(session, limits, terms.asked_at)
        if await cart_coupons.known(session, cart_id, code):
            return
        await login_failures.record(session, limits, terms.asked_at)
    raise CouponUnknown(pointer="/code")


@use_case
async def drop_coupon(visitor: Visitor, cart_id: str, code: str, terms: Terms) -> CartView:
    """Take a code out of a cart. Raise CouponNotInCart."""
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await cart_coupons.drop(session, cart_id, code)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))
