"""The second half of a payment: ask the provider, then keep the order or undo everything.

Anybody may do it again, after a crash or a webhook or by the clock: the provider deduplicates by
the attempt's id, and the attempt's row says whether somebody else was faster. Nothing is locked
while a provider is asked.
"""

import structlog

from trastienda.database.db import Session, transaction, use_case, utcnow
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.credit.account import CreditSpent
from trastienda.database.models.payments.payment import (
    PaymentDeclined,
    PaymentState,
    PaymentUnclear,
)
from trastienda.database.models.stock.stock import OutOfStock
from trastienda.errors import ShopError
from trastienda.schemas.orders.order import Placed
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import CheckoutPending
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.invoices import moments
from trastienda.services.orders import orders
from trastienda.services.orders.access import with_token
from trastienda.services.payments import Providers, Standing, attempts, views
from trastienda.services.payments.settlement import operations
from trastienda.services.payments.settlement.settling import Settled
from trastienda.services.payments.settlement.settling import settle as settled
from trastienda.services.payments.settlement.telling import tell_corrected
from trastienda.services.promotions.conditions import CouponUsedUp, CouponUsedUpByYou
from trastienda.services.promotions.uses import PromotionUsedUp

log = structlog.get_logger()
GIVEN_BACK = "given_back"
"""Why money that came too late did not pay: it goes back."""
_YES = frozenset({PaymentState.AUTHORISED, PaymentState.CAPTURED})
_GONE = (OutOfStock, CouponUsedUp, CouponUsedUpByYou, PromotionUsedUp, CreditSpent)
"""What an order that is placed late may lack."""


async def settle(
    attempt: Attempt, providers: Providers, context: Context
) -> Placed | CheckoutPending:
    """Ask for the money and write the order, or say what the buyer has to do first.

    Raise PaymentDeclined, or PaymentUnclear (or another Unavailable) when the answer is not known.
    """
    provider = payments.named(providers, attempt.provider)
    return await _answer(attempt, await provider.authorise(attempts.charge(attempt)), context)


async def resume(
    attempt: Attempt, providers: Providers, context: Context
) -> Placed | CheckoutPending:
    """Go on with a payment that was begun before: read it back first. Raise as `settle` does."""
    provider, charge = payments.named(providers, attempt.provider), attempts.charge(attempt)
    standing = await provider.read(charge)
    if standing is None and attempt.state is PaymentState.STARTED:  # it was never asked
        standing = await provider.authorise(charge)
    if standing is None:
        raise PaymentUnclear
    return await _answer(attempt, standing, context)


async def settle_abandoned(providers: Providers) -> int:
    """Finish the payments whose process died; return how many were taken up."""
    found = await _abandoned()
    for attempt in found:
        try:
            await resume(attempt, providers, Context(asked_at=utcnow()))
        except ShopError as refusal:  # declined, or not known yet: the others go on
            log.info("abandoned payment", attempt=str(attempt.id), outcome=type(refusal).__name__)
    return len(found)


@use_case
async def _abandoned() -> list[Attempt]:
    async with transaction() as session:
        return await attempts.abandoned(session, utcnow())


async def _answer(
    attempt: Attempt, standing: Standing, context: Context
) -> Placed | CheckoutPending:
    """Settle what a provider said, and answer a checkout with what came of it."""
    done = await record(attempt, standing, context)
    if isinstance(done, Placed):
        return done
    payment = done.payment
    if payment.state is PaymentState.STARTED or (standing.state in _YES and not done.moved):
        raise PaymentUnclear
    if payment.next_action is not None or payment.state is PaymentState.PROCESSING:
        return CheckoutPending(views.payment(payment))
    if payment.refunded:
        raise PaymentDeclined(reason=GIVEN_BACK)
    raise PaymentDeclined(reason=payment.reason)


async def record(
    attempt: Attempt, standing: Standing, context: Context, *, answers: bool = False
) -> Settled | Placed:
    """Settle what a provider said of a payment; give its order, if it has one.

    `answers`: it said so when it was asked to do what had been decided.
    """
    try:
        return await _record(attempt, standing, context, answers=answers)
    except _GONE:  # money that came late, for what cannot be had any more
        return await _record(attempt, standing, context, answers=answers, place_late=False)


@use_case
async def _record(
    attempt: Attempt,
    standing: Standing,
    context: Context,
    *,
    answers: bool,
    place_late: bool = True,
) -> Settled | Placed:
    kept = context.once if standing.state in _YES else None  # anything else is no effect
    async with transaction(kept) as session:
        current = await attempts.lock(session, attempt)
        was = current.state
        done = await settled(session, current, standing, context, place_late=place_late)
        if answers:
            await operations.done(session, attempt)
        if done.moved and was not in {PaymentState.STARTED, *views.WAITING} and not answers:
            await tell_corrected(session, done.payment, was, context)
        if done.order is not None:
            await moments.came(session, done.order.id, InvoiceMoment.PLACED)
        if done.paid and done.payment.order_id is not None:
            await moments.came(session, done.payment.order_id, InvoiceMoment.PAID)
        return await _with_order(session, done)


async def _with_order(session: Session, done: Settled) -> Settled | Placed:
    payment = done.payment
    if done.order is not None:
        return Placed(await session.answer(with_token(done.order, done.order.placed_at)))
    if payment.state not in _YES or payment.refunded:
        return done
    if payment.draft is None and payment.order_id is not None:
        paid = await orders.for_buyer(session, payment.order_id)
        return Placed(await session.answer(paid, again=True), again=True)
    order = await orders.of_cart(session, payment.cart_id)
    answer = await session.answer(with_token(order, order.placed_at), again=True)
    return Placed(answer, again=True)
