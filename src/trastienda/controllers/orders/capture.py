"""Capturing: what was authorised is taken by its provider, other money is only noted."""

from uuid import UUID

from msgspec import structs

from trastienda.controllers.orders.operations import carry_out
from trastienda.database.db import Once, Session, transaction, use_case
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.orders.order_errors import OrderNotCaptured
from trastienda.database.models.payments.payment import (
    CaptureRefused,
    CaptureTooLarge,
    PaymentBusy,
    PaymentState,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.payment import CaptureDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import moments
from trastienda.services.orders import books, orders
from trastienda.services.payments import Providers, manual
from trastienda.services.payments.settlement import operations
from trastienda.services.shared.idempotency import Replayed

ENDED = "not_authorised"
"""What was held for an order ended before it was captured."""


async def capture(
    order_id: UUID, draft: CaptureDraft, providers: Providers, context: Context
) -> OrderView:
    """Capture what is held for an order, or a part of it; else note that its money has come.

    Each payment is captured once: what is held beyond the amount is let go. Raise OrderAlreadyPaid,
    OrderClosed, CaptureTooLarge, CaptureRefused, PaymentBusy, OrderNotCaptured where money is held
    beside what is to be noted, or Unavailable when the provider's answer is not known: then it is
    found out later, and the same amount captured; the same request under the same key then answers
    with what came of it, and notes no money. Neither does one without a key: where a provider has
    taken or held money, only what `draft` says came by hand is noted.
    """
    if draft.provider is not None:
        return await _note(order_id, draft, context)
    try:
        asked = await _decide(order_id, draft, context)
    except _DecidedBefore:
        return await _captured(order_id, context)
    if not asked:
        return await _note(order_id, draft, context)
    await _ask(asked, providers, context)
    return await _captured(order_id, context)


async def capture_held(order_id: UUID, providers: Providers, context: Context) -> None:
    """Capture what is held for an order, and never note money instead.

    Raise as `capture` does, and CaptureRefused when nothing is held any more.
    """
    asked = await _decide(order_id, CaptureDraft(), structs.replace(context, once=None))
    if not asked:
        raise CaptureRefused(reason=ENDED)
    await _ask(asked, providers, context)


async def _ask(asked: list[Attempt], providers: Providers, context: Context) -> None:
    for payment in asked:
        standing = await carry_out(payment, providers, context)
        if standing.state is not PaymentState.CAPTURED:
            raise CaptureRefused(reason=standing.reason)


@use_case
async def _decide(order_id: UUID, draft: CaptureDraft, context: Context) -> list[Attempt]:
    """Decide what is asked of which payment; nothing where no money is held.

    Raise _DecidedBefore when the same request has decided it, and the provider has done it.
    """
    decision = context.once.part("decided") if context.once else None
    async with transaction() as session:
        if context.once:
            await context.once.recall(session)
        again = decision is not None and await _known(session, decision)
        order = await orders.claim(session, order_id, None if again else context.seen)
        held = await operations.authorised(session, order.id)
        if again and not held:
            raise _DecidedBefore if order.captured else CaptureRefused(reason=ENDED)
        order.expect_unpaid()
        if not held:
            return []
        if draft.amount is not None and draft.amount > order.owed:
            raise CaptureTooLarge
        amount = min(sum(payment.amount for payment in held), order.owed)
        asked = await _parts(session, held, draft.amount or amount, context)
        if decision is not None and not again:
            await decision.claim(session)
        return asked


async def _known(session: Session, decision: Once) -> bool:
    """Say whether this request has decided before what is captured. Raise KeyReused."""
    try:
        await decision.recall(session)
    except Replayed:
        return True
    return False


async def _parts(
    session: Session, held: list[Attempt], amount: int, context: Context
) -> list[Attempt]:
    """Decide how much of each payment is captured, the oldest first."""
    left, asked = amount, []
    for payment in held:
        part = min(left, payment.amount)
        if part:
            decided = await operations.ask_capture(session, payment, part, context.asked_at)
            if decided is None:
                raise PaymentBusy(retry_after=1)
            asked.append(decided)
            left -= part
    if left:
        raise CaptureTooLarge
    return asked


@use_case
async def _note(order_id: UUID, draft: CaptureDraft, context: Context) -> OrderView:
    """Take note of money that has come by another way."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        order.expect_unpaid()
        await _expect_by_hand(session, order.id, draft)
        owed = order.owed
        amount = owed if draft.amount is None else draft.amount
        if amount > owed:
            raise CaptureTooLarge
        order.take(amount)
        await manual.note(session, order, amount, context.asked_at)
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_PAID, order.id, data, context)
        if order.owed <= 0:
            await moments.came(session, order.id, InvoiceMoment.PAID)
        return await session.answer(view)


async def _expect_by_hand(session: Session, order_id: UUID, draft: CaptureDraft) -> None:
    """Refuse to note money that a provider may have taken: it would be counted twice.

    Raise OrderNotCaptured, PaymentBusy for what is held since a moment ago, or CaptureRefused.
    """
    if await operations.authorised(session, order_id):
        raise OrderNotCaptured if draft.provider else PaymentBusy(retry_after=1)
    if draft.provider is None and await operations.asked_before(session, order_id):
        raise CaptureRefused(reason=ENDED)


@use_case
async def _captured(order_id: UUID, context: Context) -> OrderView:
    async with transaction(context.once) as session:
        return await session.answer(await orders.by_id(session, order_id))


class _DecidedBefore(Exception):
    """The same request has decided this before it was answered, and nothing is held any more."""
