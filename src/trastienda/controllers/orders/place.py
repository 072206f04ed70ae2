"""A cart becomes an order, at most once, and only if all of it is in stock."""

from uuid_utils.compat import uuid7

from trastienda.controllers.orders.settle import settle
from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.cart import CartState, CheckoutInProgress
from trastienda.database.models.order import PaymentStatus
from trastienda.schemas.attempt import Attempt
from trastienda.schemas.order import Checkout, OrderDraft, Placed
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import attempts, cart_reading, carts, orders, payments, promises
from trastienda.services.order_access import with_token
from trastienda.services.order_drafts import freeze


async def place(visitor: Visitor, cart_id: str, checkout: Checkout, terms: Terms) -> Placed:
    """Order what is in the cart; a second checkout of it answers with the same order.

    Raise CartNotFound, CartChanged, CartNotReady, OutOfStock, TotalChanged, CheckoutInProgress,
    PaymentDeclined, ProviderUnknown or TokenUnusable.
    """
    if checkout.payment.provider in payments.PAY_LATER:
        return await _pay_later(visitor, cart_id, checkout, terms)
    payments.named(checkout.payment.provider).check(checkout.payment.token)
    attempt = await begin(visitor, cart_id, checkout, terms)
    return await settle(attempt, terms) if attempt else await _again(visitor, cart_id, terms)


@use_case
async def _pay_later(visitor: Visitor, cart_id: str, checkout: Checkout, terms: Terms) -> Placed:
    async with transaction(terms.once) as session:
        state = await carts.lock(session, visitor, cart_id)
        if state is CartState.ORDERED:
            return await _as_before(session, cart_id)
        if state is CartState.PAYING:
            raise CheckoutInProgress(retry_after=1)
        draft = await _reserved(session, visitor, cart_id, checkout, terms)
        order = await orders.place(session, draft, PaymentStatus.PENDING, terms)
        return Placed(await session.answer(with_token(order)))


@use_case
async def begin(visitor: Visitor, cart_id: str, checkout: Checkout, terms: Terms) -> Attempt | None:
    """Write down what will be paid and hold its stock, before the provider is asked.

    Return None when the cart is an order already.
    """
    async with transaction() as session:
        if terms.once:
            await terms.once.recall(session)
        state = await carts.lock(session, visitor, cart_id)
        if state is CartState.ORDERED:
            return None
        if state is CartState.PAYING:
            if attempt := await attempts.take_up(session, cart_id, terms.asked_at):
                return attempt
            raise CheckoutInProgress(retry_after=1)
        if terms.once:
            await attempts.recall(session, cart_id, terms.once)
        draft = await _reserved(session, visitor, cart_id, checkout, terms)
        payment = checkout.payment
        attempt = Attempt(id=uuid7(), provider=payment.provider, token=payment.token, draft=draft)
        await attempts.start(session, attempt, terms.once, terms.asked_at)
        return attempt


async def _reserved(
    session: Session, visitor: Visitor, cart_id: str, checkout: Checkout, terms: Terms
) -> OrderDraft:
    cart = await cart_reading.read(session, visitor, cart_id, terms)
    draft = freeze(cart, checkout, terms)
    await promises.hold(session, draft, terms)
    return draft


@use_case
async def _again(visitor: Visitor, cart_id: str, terms: Terms) -> Placed:
    async with transaction(terms.once) as session:
        await carts.lock(session, visitor, cart_id)
        return await _as_before(session, cart_id)


async def _as_before(session: Session, cart_id: str) -> Placed:
    order = await orders.of_cart(session, cart_id)
    return Placed(await session.answer(with_token(order), again=True), again=True)
