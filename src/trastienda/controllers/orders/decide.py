"""What staff decide about an order before it is sent."""

from uuid import UUID

from trastienda.controllers.orders.operations import void_all
from trastienda.database.db import transaction, use_case
from trastienda.database.models.payments.refund import RefundNotAllowed, RefundReason
from trastienda.schemas.orders.order import OrderView, PaymentDue
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import refunded
from trastienda.services.orders import books, fulfilment_events, fulfilments, orders, reservations
from trastienda.services.payments import Providers, granting
from trastienda.services.payments.settlement import operations

CANCELLED = RefundDraft(reason=RefundReason.CANCELLED)


async def cancel(
    order_id: UUID, providers: Providers, context: Context, *, may_refund: bool
) -> OrderView:
    """Call an order off, give its stock back, refund what was paid, and let go of what is held.

    Raise OrderAlreadyFulfilled, OrderClosed, RefundNotAllowed or PaymentBusy.
    """
    view, held = await _cancel(order_id, context, may_refund=may_refund)
    await void_all(held, providers, context)
    return view


@use_case
async def _cancel(
    order_id: UUID, context: Context, *, may_refund: bool
) -> tuple[OrderView, list[Attempt]]:
    """Cancel an order, and decide to let go of what is held for it."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        order.cancel()
        if order.refundable and not may_refund:
            raise RefundNotAllowed(scope="refunds.write")
        held = await operations.void_held(session, order.id, context.asked_at)
        unpacked = await fulfilments.unpack_all(session, order)
        await session.orm.flush()
        refund = await granting.settle_cancelled(session, order, CANCELLED, context)
        await reservations.release(session, order.id, context)
        await refunded.credit_cancelled(session, order, refund, context.asked_at)
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_CANCELLED, order.id, data, context)
        await fulfilment_events.tell_cancelled(session, unpacked, order, context)
        return await session.answer(view), held


@use_case
async def set_payment_due(order_id: UUID, due: PaymentDue, context: Context) -> OrderView:
    """Give a buyer another time to pay, or no end.

    Raise OrderAlreadyPaid, OrderClosed or PaymentDueUnusable.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        order.set_payment_due(due.payment_due_at, context.asked_at)
        await session.orm.flush()
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        what = event_types.ORDER_PAYMENT_DUE_CHANGED
        await events.append(session, what, order.id, data, context)
        return await session.answer(view)
