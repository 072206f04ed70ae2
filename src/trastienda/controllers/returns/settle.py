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
from trastienda.services.returns import receiving, returns, settling, telling


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

    What has not arrived is not expected any more. Raise ReturnNotFound, ReturnChanged,
    ReturnNotReceived, ReturnRefundNotAllowed, MoreThanInvoiced or InvoiceSettingsMissing.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        settled = await returns.claim(session, return_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        found = await settling.worth(session, order, settled, closing)
        settled.close(context.asked_at, found.deduction)
        if any(taxed.amount for taxed in found.given):
            if not may_refund:
                raise ReturnRefundNotAllowed(scope="refunds.write")
            granted = await granting.grant(session, order, found.given, settling.RETURNED, context)
            await refunded.credit(session, order, granted, context.asked_at)
            settled.refund_id = granted.id
        await telling.tell(session, event_types.RETURN_CLOSED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


class ReturnRefundNotAllowed(Forbidden):
    """Closing this return pays money back, which your rights do not allow."""
