"""A cart becomes an order, at most once, and only if all of it is in stock."""

from contextlib import suppress

from msgspec import structs
from uuid_utils.compat import uuid7

from trastienda.controllers.orders.paying.of_cart import cancel_payment
from trastienda.controllers.orders.settle import resume, settle
from trastienda.database.at_once import Unsure
from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.carts.cart import CartState, CheckoutInProgress
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.credit.account import CreditSpent
from trastienda.database.models.orders.order import PaymentStatus
from trastienda.database.models.payments.payment import UNDER_WAY, PaymentState
from trastienda.schemas.orders.order import Checkout, OrderDraft, Placed
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import CheckoutPending
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services import payments
from trastienda.services.accounts import users
from trastienda.services.carts import carts
from trastienda.services.carts import reading as cart_reading
from trastienda.services.carts.assessment import assess
from trastienda.services.channels import channels
from trastienda.services.invoices import moments
from trastienda.services.orders import orders, placing, reservations
from trastienda.services.orders.access import with_token
from trastienda.services.orders.drafts import PaymentMissing, freeze
from trastienda.services.payments import Providers, attempts, capturing, views
from trastienda.services.payments.providers import offers

UNPAID_AN_HOUR = 10
"""Orders of one e-mail address."""


async def place(
    visitor: Visitor, cart_id: str, checkout: Checkout, providers: Providers, context: Context
) -> Placed | CheckoutPending:
    """Order what is in the cart; a second checkout of it answers with the same order.

    While a payment waits for its buyer or its provider, that one is looked at again, unless the
    buyer is to pay by another provider instead: then it is ended first. Raise CartNotFound,
    CartChanged, CartNotReady, OutOfStock, TotalChanged, AmountDueChanged, PaymentMissing,
    CreditSpent, CheckoutInProgress, PaymentDeclined, ProviderUnknown, ProviderNotOffered,
    TokenUnusable, ReturnUrlMissing or TooManyOrders, or Unavailable when an answer is not known.
    """
    payment = checkout.payment
    if payment is None or payment.provider in payments.PAY_LATER:
        return await _instead(visitor, cart_id, checkout, providers, context)
    payments.named(providers, payment.provider).check(payment.token, payment.return_url)
    try:
        attempt = await begin(visitor, cart_id, checkout, providers, context)
        if attempt is not None and views.waits_elsewhere(attempt, payment.provider):
            by = payment.provider
            await cancel_payment(visitor, cart_id, providers, context, instead=by)
            attempt = await begin(visitor, cart_id, checkout, providers, context)
    except NothingDue:
        return await _without_provider(visitor, cart_id, checkout, context)
    if attempt is None:
        return await _again(visitor, cart_id, context)
    if attempt.created_at is None:
        return await settle(attempt, providers, context)
    if attempts.just_checked(attempt, context.asked_at):
        return CheckoutPending(views.payment(attempt))
    return await resume(attempt, providers, context)


async def _instead(
    visitor: Visitor, cart_id: str, checkout: Checkout, providers: Providers, context: Context
) -> Placed:
    """Place an order that is paid later, also for a buyer who is to pay elsewhere at this moment.

    Raise CheckoutInProgress if that payment does not end.
    """
    try:
        return await _pay_later(visitor, cart_id, checkout, context)
    except CheckoutInProgress:
        if checkout.payment is None:
            raise
        by = checkout.payment.provider
        left = await cancel_payment(visitor, cart_id, providers, context, instead=by)
        if left.status in UNDER_WAY:
            raise
    return await _pay_later(visitor, cart_id, checkout, context)


async def _without_provider(
    visitor: Visitor, cart_id: str, checkout: Checkout, context: Context
) -> Placed:
    """Place an order that gift cards and store credit pay. Raise CreditSpent if they do not now."""
    try:
        return await _pay_later(visitor, cart_id, structs.replace(checkout, payment=None), context)
    except PaymentMissing:  # the balance was there a moment ago
        raise CreditSpent from None


@use_case
async def _pay_later(
    visitor: Visitor, cart_id: str, checkout: Checkout, context: Context
) -> Placed:
    """Place an order that is paid later: with one message if nothing follows from it at once."""
    if channels.current().invoice_moment is not InvoiceMoment.PLACED:
        with suppress(Unsure):
            return await _ordered(visitor, cart_id, checkout, context, brief=True)
    return await _ordered(visitor, cart_id, checkout, context, brief=False)


async def _ordered(
    visitor: Visitor, cart_id: str, checkout: Checkout, context: Context, *, brief: bool
) -> Placed:
    async with transaction(context.once, brief=brief) as session:
        asking = cart_reading.Question(visitor, cart_id, context)
        state, rows = await carts.lock_and_ask(
            session, visitor, cart_id, asking.call, limited=context.limited
        )
        if state is CartState.ORDERED:
            return await _as_before(session, cart_id)
        if state is CartState.PAYING:
            raise CheckoutInProgress(retry_after=1)
        cart = await cart_reading.found(session, rows, asking)
        draft = freeze(assess(cart, context), checkout, context)
        most = _most(visitor, draft) if context.limited and draft.amount_due else None
        order = await placing.reserve_and_place(session, draft, context, most)
        await moments.came(session, order.id, InvoiceMoment.PLACED)
        if order.payment_status is PaymentStatus.PAID:
            await moments.came(session, order.id, InvoiceMoment.PAID)
        return Placed(await session.answer(with_token(order, order.placed_at)))


def _most(visitor: Visitor, draft: OrderDraft) -> int | None:
    """Say how many unpaid orders of an address there may be in an hour: each sends it a mail.

    The owner of the address may have more, and so may a program that writes orders anyway.
    """
    owner = visitor.email is not None and users.normalised(visitor.email) == users.normalised(
        draft.email
    )
    return None if owner or "orders.write" in visitor.scopes else UNPAID_AN_HOUR


@use_case
async def begin(
    visitor: Visitor, cart_id: str, checkout: Checkout, providers: Providers, context: Context
) -> Attempt | None:
    """Write down what will be paid and hold its stock, before the provider is asked.

    Return the payment that is under way, if there is one, and None when the cart is an order
    already. One that was begun before has a `created_at`. Raise NothingDue, which keeps nothing, if
    gift cards and store credit pay all of it.
    """
    async with transaction() as session:
        if context.once:
            await context.once.recall(session)
        asking = cart_reading.Question(visitor, cart_id, context)
        state, rows = await carts.lock_and_ask(session, visitor, cart_id, asking.call)
        if state is CartState.ORDERED:
            return None
        if state is CartState.PAYING:
            return await _under_way(session, cart_id, context)
        if context.once:
            await attempts.recall(session, cart_id, context.once)
        cart = await cart_reading.found(session, rows, asking)
        draft, payment = freeze(assess(cart, context), checkout, context), checkout.payment
        if payment is None or (draft.tenders and not draft.amount_due):
            raise NothingDue
        what = offers.of_draft(draft, to_staff=offers.is_staff(visitor))
        row = offers.expect(providers, payment.provider, what)
        await reservations.reserve(session, draft, context)
        attempt = Attempt(
            id=uuid7(),
            provider=payment.provider,
            token=payment.token,
            amount=draft.amount_due,
            currency=draft.currency,
            draft=draft,
            capture_at_once=capturing.at_once(gift_cards_alone=draft.shipping_option is None),
            return_url=payment.return_url,
            provider_id=row,
        )
        await attempts.start(session, attempt, context.once, context.asked_at)
        return attempt


async def _under_way(session: Session, cart_id: str, context: Context) -> Attempt:
    """Return the payment of a cart that waits, or that its process has left; else refuse."""
    attempt = await attempts.of_cart(session, cart_id)
    if attempt.state in views.WAITING:
        await attempts.look_at(session, attempt, context.asked_at)
        return attempt
    if attempt.state is PaymentState.STARTED and (
        left := await attempts.take_up(session, cart_id, context.asked_at)
    ):
        return left
    raise CheckoutInProgress(retry_after=1)


@use_case
async def _again(visitor: Visitor, cart_id: str, context: Context) -> Placed:
    async with transaction(context.once) as session:
        await carts.lock(session, visitor, cart_id)
        return await _as_before(session, cart_id)


async def _as_before(session: Session, cart_id: str) -> Placed:
    order = await orders.of_cart(session, cart_id)
    return Placed(await session.answer(with_token(order, order.placed_at), again=True), again=True)


class NothingDue(Exception):
    """No provider is asked: gift cards and store credit pay all of it."""
