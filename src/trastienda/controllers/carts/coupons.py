from collections.abc import Sequence

from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import throttles
from trastienda.services.accounts.throttles import Limit, Rate
from trastienda.services.carts import carts, coupons, reading
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view
from trastienda.services.promotions.conditions import CouponUnknown


@use_case
async def add_coupon(
    visitor: Visitor, cart_id: str, code: str, client: str | None, context: Context
) -> CartView:
    """Add a coupon to a cart; if it does not apply, the cart's problems say why.

    Raise CouponUnknown, CouponsFull, or SlowDown after too many unknown codes: for this cart, for
    the network address `client` (None if limits are off), or for all visitors who are not logged in
    together. Valid codes are not counted, but do not reset the count either: otherwise a visitor
    with one valid code could guess without limit.
    """
    if limits := throttles.for_coupon(cart_id, client, visitor.user_id):
        await _guess(visitor, cart_id, code, limits, context)
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await coupons.add(session, cart_id, code, context.asked_at)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))


async def _guess(
    visitor: Visitor, cart_id: str, code: str, limits: Sequence[Limit | Rate], context: Context
) -> None:
    """Count a code if it is unknown, before the answer says so, and raise CouponUnknown.

    The check of the limit and the count share one transaction, so that concurrent guesses cannot
    all pass the check before one is counted. Guesses for one cart wait for each other.
    """
    async with transaction() as session:
        if context.once:
            await context.once.recall(session)
        await carts.lock(session, visitor, cart_id)
        shared = [] if visitor.user_id else [throttles.STRANGERS_COUPONS]
        await throttles.refuse(session, [*limits, *shared], context.asked_at)
        if await coupons.known(session, cart_id, code):
            return
        await throttles.record(session, limits, context.asked_at)
        if shared:
            await throttles.record_code(session, coupons.normalised(code), context.asked_at)
    raise CouponUnknown(pointer="/code")


@use_case
async def remove_coupon(visitor: Visitor, cart_id: str, code: str, context: Context) -> CartView:
    """Remove a coupon from a cart. Raise CouponNotInCart, or the errors of `carts.claim`."""
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await coupons.remove(session, cart_id, code)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))
