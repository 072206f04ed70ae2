"""What buyers pay carts with beside a provider: gift cards, and their store credit."""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.credit.account import GiftCardUnknown
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.credit.of_carts import StoreCreditChoice
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import throttles
from trastienda.services.accounts.throttles import Limit, Rate
from trastienda.services.carts import carts, credit, reading
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view
from trastienda.services.credit import codes


@use_case
async def add_gift_card(
    visitor: Visitor, cart_id: str, code: str, client: str | None, context: Context
) -> CartView:
    """Pay a cart with a gift card, as far as it goes.

    Raise GiftCardUnknown, also for a card that is disabled; GiftCardExpired,
    GiftCardInOtherCurrency, GiftCardsFull, or SlowDown after too many unknown codes, which are
    counted as those of coupons are.
    """
    if limits := throttles.for_gift_card(cart_id, client, visitor.user_id):
        await _guess(visitor, cart_id, code, limits, context)
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        cart = await reading.read(session, visitor, cart_id, context)
        await credit.add(session, cart_id, cart.currency, code, context.asked_at)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))


async def _guess(
    visitor: Visitor, cart_id: str, code: str, limits: Sequence[Limit | Rate], context: Context
) -> None:
    """Count a code if it is unknown, before the answer says so, and raise GiftCardUnknown.

    The check of the limit and the count share one transaction, in which guesses for one cart wait
    for each other.
    """
    async with transaction() as session:
        if context.once:
            await context.once.recall(session)
        await carts.lock(session, visitor, cart_id)
        shared = [] if visitor.user_id else [throttles.STRANGERS_GIFT_CARDS]
        await throttles.refuse(session, [*limits, *shared], context.asked_at)
        if await credit.known(session, code, context.asked_at):
            return
        await throttles.record(session, limits, context.asked_at)
        if shared:
            guess = codes.digest(code).decode()
            await throttles.record_code(session, guess, context.asked_at, *shared)
    raise GiftCardUnknown(pointer="/code")


@use_case
async def remove_gift_card(
    visitor: Visitor, cart_id: str, card_id: UUID, context: Context
) -> CartView:
    """Do not pay a cart with a gift card. Raise GiftCardNotInCart, or as `carts.claim` does."""
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await credit.remove(session, cart_id, card_id)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))


@use_case
async def use_store_credit(
    visitor: Visitor,
    cart_id: str,
    choice: StoreCreditChoice,
    context: Context,
) -> CartView:
    """Pay a cart with the visitor's store credit, or not. Raise as `carts.claim` does."""
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await credit.use_store_credit(session, cart_id, use=choice.use)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))
