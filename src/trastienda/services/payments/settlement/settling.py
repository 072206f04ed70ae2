"""What a provider says of a payment, and what follows from it: the one place where payments move.

Whoever has asked, by whichever way the answer came and however often, it is settled here. The same
state again changes nothing.
"""

from datetime import timedelta
from typing import NamedTuple

import structlog

from trastienda.database.db import Session
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.orders.order import PaymentStatus
from trastienda.database.models.payments.payment import UNDER_WAY, PaymentState
from trastienda.schemas.orders.order import OrderDraft, OrderPayment, OrderView
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import types as event_types
from trastienda.services.orders import orders, placing, reservations
from trastienda.services.payments import attempts
from trastienda.services.payments.port import Standing
from trastienda.services.payments.settlement import of_orders, operations, telling
from trastienda.services.payments.settlement.late_money import book_paid_again, give_back_late_money

log = structlog.get_logger()
_State = PaymentState
_YES = frozenset({_State.AUTHORISED, _State.CAPTURED})
_NO = frozenset({_State.DECLINED, _State.VOIDED, _State.EXPIRED})
_WAITING = frozenset({_State.REQUIRES_ACTION, _State.PROCESSING})


class Settled(NamedTuple):
    """A payment as it is now, and the order if it was placed just now."""

    payment: Attempt
    order: OrderView | None = None
    moved: bool = True
    paid: bool = False
    """Whether all of the order is paid since just now."""


async def settle(
    session: Session,
    payment: Attempt,
    standing: Standing,
    context: Context,
    *,
    place_late: bool = True,
) -> Settled:
    """Move a payment, which is locked, to where its provider says that it stands.

    Money that comes late becomes the order if that can still be placed. Raise what
    `reservations.reserve` raises if it cannot: then it is settled anew without `place_late`.
    """
    outdated = _outdated(payment, standing)
    if doubt := None if outdated else _doubt(payment, standing):
        log.error("a payment is not what was asked for", payment=str(payment.id), doubt=doubt)
        await attempts.doubt(session, payment, doubt)
    if outdated or doubt:
        return Settled(payment, moved=False)
    await book_paid_again(session, payment, standing, context)
    before, state = payment.state, standing.state
    payment.reference = standing.reference or payment.reference
    if before in UNDER_WAY and state in _YES:
        return await _yes(session, payment, standing, context)
    if before in UNDER_WAY and state in _NO:
        await _end(session, payment, standing, context)
    elif before in UNDER_WAY and state in _WAITING:
        hold = timedelta(minutes=channels.current().payment_hold_minutes)
        await attempts.wait(session, payment, standing, hold, context.asked_at)
        payment.state, payment.next_action = state, dict(standing.next_action or {}) or None
    elif before is _State.AUTHORISED and state in _NO:
        await _let_go(session, payment, standing, context)
    elif state is _State.CAPTURED and standing.captured > payment.captured:
        if before in _NO:
            return await _late(session, payment, standing, context, place_late=place_late)
        paid = await of_orders.take(session, payment, standing, context)
        return Settled(payment, moved=payment.state is not before, paid=paid)
    elif state is _State.AUTHORISED and before in _NO:
        await operations.ask_void_again(session, payment, context.asked_at)
        return Settled(payment, moved=False)
    return Settled(payment, moved=payment.state is not before)


def _doubt(payment: Attempt, standing: Standing) -> str | None:
    """Say what does not fit: then nothing may follow from it."""
    if standing.amount not in {None, payment.amount}:
        return "amount"
    if standing.currency not in {None, payment.currency}:
        return "currency"
    known, said = payment.reference, standing.reference
    if known and said not in {None, known} and standing.page != known:
        return "reference"
    takes_all = payment.state in UNDER_WAY and standing.state is _State.CAPTURED
    if payment.state is _State.CAPTURED and standing.state in _NO:
        return "state"
    if standing.captured > payment.amount or (takes_all and standing.captured != payment.amount):
        return "captured"
    return None


def _outdated(payment: Attempt, standing: Standing) -> bool:
    """Say whether a standing is of a page of the provider's on which the buyer has paid since."""
    known, said = payment.reference, standing.reference
    return known is not None and said not in {None, known} and standing.page == said


async def _yes(session: Session, payment: Attempt, standing: Standing, context: Context) -> Settled:
    """Place the order of a cart that is paid, or note that an order is."""
    if payment.draft is None:
        return Settled(payment, paid=await of_orders.pay(session, payment, standing, context))
    return await _place(session, payment.draft, payment, standing, context)


async def _place(
    session: Session, draft: OrderDraft, payment: Attempt, standing: Standing, context: Context
) -> Settled:
    captured = standing.state is _State.CAPTURED
    paid = OrderPayment(
        payment_id=payment.id,
        provider=payment.provider,
        status=PaymentStatus.PAID if captured else PaymentStatus.AUTHORISED,
        captured=standing.captured,
    )
    order = await placing.place(session, draft, paid, context)
    payment.order_id = order.id
    await attempts.succeed(session, payment, standing, context.asked_at)
    payment.state, payment.captured = standing.state, standing.captured
    payment.capture_before = standing.capture_before
    if not captured:
        await telling.tell(session, event_types.PAYMENT_AUTHORISED, payment, context)
    return Settled(payment, order, paid=captured)


async def _end(session: Session, payment: Attempt, standing: Standing, context: Context) -> None:
    """Give back what was promised: the payment was declined, or ended without a decision.

    What an order that is there already was promised stays promised.
    """
    declined = standing.state is _State.DECLINED
    state = _State.DECLINED if declined else _State.EXPIRED
    if payment.draft is not None:
        await reservations.release_unpaid(session, payment.draft, context)
    await attempts.end(session, payment, state, standing, context.asked_at)
    payment.state, payment.reason = state, standing.reason
    payment.next_action = None
    if declined:
        await telling.tell_declined(session, payment, standing, context)
    else:
        await telling.tell(session, event_types.PAYMENT_EXPIRED, payment, context)


async def _let_go(session: Session, payment: Attempt, standing: Standing, context: Context) -> None:
    """Note that what was held is held no more; an order that is still open is unpaid then."""
    voided = standing.state is _State.VOIDED
    state = _State.VOIDED if voided else _State.EXPIRED
    await attempts.end(session, payment, state, standing, context.asked_at)
    payment.state, payment.reason, payment.capture_before = state, standing.reason, None
    what = event_types.PAYMENT_VOIDED if voided else event_types.PAYMENT_EXPIRED
    await telling.tell(session, what, payment, context)
    if payment.order_id is not None:
        order = await orders.hold(session, payment.order_id)
        order.lose_authorisation()


async def _late(
    session: Session,
    payment: Attempt,
    standing: Standing,
    context: Context,
    *,
    place_late: bool,
) -> Settled:
    """Make money that came late an order, or owe it to the buyer: one of the two."""
    if payment.order_id is not None:
        return Settled(payment, paid=await of_orders.take(session, payment, standing, context))
    draft, whole = payment.draft, standing.captured == payment.amount
    if draft and place_late and whole and payment.cart_state is CartState.OPEN:
        await reservations.reserve(session, draft, context)
        settled = await _place(session, draft, payment, standing, context)
    else:
        await give_back_late_money(session, payment, standing, context)
        settled = Settled(payment)
    await telling.tell(session, event_types.PAYMENT_CAPTURED, payment, context)
    return settled
