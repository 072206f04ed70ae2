"""What arrives of a return, and what is paid back for it."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.errors import Forbidden
from trastienda.schemas.returns.order_return import (
    ReturnClosing,
    ReturnReceiptDraft,
    StaffReturnView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.invoices import refunded
from trastienda.services.orders import books, orders
from trastienda.services.payments import granting
from trastienda.services.payments.settlement import of_orders
from trastienda.services.returns import exchanging, receiving, returns, settling, telling
from trastienda.services.returns.exchanging import Exchanged


@use_case
async def receive(return_id: UUID, draft: ReturnReceiptDraft, context: Context) -> StaffReturnView:
    """Note goods that arrived: they are in stock now, or written off.

    Raise ReturnNotFound, ReturnChanged, ReturnNotExpected, ReturnLineUnknown, MoreThanExpected,
    MoreThanSent or LocationUnknown.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        expected = await returns.claim(session, return_id, context.seen)
        await receiving.receive(session, order, expected, draft.lines, context)
        expected.receive(context.asked_at)
        await telling.tell(session, event_types.RETURN_RECEIVED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


@use_case
async def close(
    return_id: UUID, closing: ReturnClosing, context: Context, *, may_refund: bool
) -> StaffReturnView:
    """Settle what arrived: pay its worth back, less what the policy or `closing` keeps.

    Where something else is wanted instead, it becomes a new order, which that worth pays; only the
    rest is paid back. What has not arrived is not expected any more. Raise ReturnNotFound,
    ReturnChanged, ReturnNotReceived, ReturnRefundNotAllowed, MoreThanInvoiced,
    InvoiceSettingsMissing, OrderNotCaptured, PaymentBusy, or what `exchanging.draft` raises.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        settled = await returns.claim(session, return_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        found = await settling.worth(session, order, settled, closing)
        settled.close(context.asked_at, found.deduction)
        whole, wanted = settling.total(found), settling.wanted(settled, closing)
        if (whole or wanted) and not may_refund:
            raise ReturnRefundNotAllowed(scope="refunds.write")
        exchanged = None
        if wanted:
            way = closing.shipping_option
            draft = await exchanging.draft(session, order, wanted, way, context)
            exchanged = Exchanged(draft, min(whole, draft.totals.total))
        if whole:
            await of_orders.expect_nothing_to_come(session, order)
            credit = exchanged.credit if exchanged else 0
            granted = await granting.settle_return(session, order, found.given, credit, context)
            await refunded.credit(session, order, granted, context.asked_at)
            settled.refund_id = granted.id
        if exchanged:
            await exchanging.place(session, exchanged, context)
            settled.exchange_order_id = exchanged.draft.id
            owed = exchanged.draft.totals.total - exchanged.credit
            await telling.tell_replacement(session, exchanged.draft.id, owed, context)
        await telling.tell(session, event_types.RETURN_CLOSED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


class ReturnRefundNotAllowed(Forbidden):
    """Closing this return pays money back, or exchanges goods, which your rights do not allow."""
