"""What arrives of a return, and what is paid back for it."""

from uuid import UUID

from msgspec import convert, to_builtins

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.orders.order import Order
from trastienda.errors import Forbidden
from trastienda.schemas.carts.cart import LineDraft
from trastienda.schemas.returns.order_return import (
    EarlyExchange,
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
from trastienda.services.returns.exchanging import Exchanged, NothingWanted


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

    Where something else is wanted instead, it becomes a new order, or is one already; that worth
    pays it, and only the rest is paid back. What has not arrived is not expected any more. Raise
    ReturnNotFound, ReturnChanged, ReturnNotReceived, ReturnExchanged, ReturnRefundNotAllowed,
    MoreThanInvoiced, InvoiceSettingsMissing, OrderNotCaptured, PaymentBusy, or what
    `exchanging.draft` raises.
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
        exchanged, early = None, await exchanging.early(session, settled)
        credit = min(whole, early.owed) if early else 0
        if wanted:
            of, way = (order, settled), closing.shipping_option
            draft = await exchanging.draft(session, of, wanted, way, context)
            credit = min(whole, draft.totals.total)
            exchanged = Exchanged(draft, credit)
        await exchanging.let_go(session, settled, context)
        if whole:
            await of_orders.expect_nothing_to_come(session, order)
            granted = await granting.settle_return(session, order, found.given, credit, context)
            await refunded.credit(session, order, granted, context.asked_at)
            settled.refund_id = granted.id
        if exchanged:
            await exchanging.place(session, exchanged, context)
            settled.exchange_order_id = exchanged.draft.id
            owed = exchanged.draft.totals.total - credit
            await telling.tell_replacement(session, exchanged.draft.id, owed, context)
        if early:
            await _pay(session, early, credit, context)
        await telling.tell(session, event_types.RETURN_CLOSED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


async def _pay(session: Session, early: Order, credit: int, context: Context) -> None:
    """Let the goods pay an order that was made before they arrived, and ask for the rest."""
    await exchanging.pay(session, early, credit, context)
    await telling.tell_replacement(session, early.id, early.owed, context)


@use_case
async def exchange(
    return_id: UUID, draft: EarlyExchange, context: Context, *, may_refund: bool
) -> StaffReturnView:
    """Order what is wanted instead before the goods have arrived, so that it can be sent.

    Nothing of it is paid yet: what arrives pays it when the return is closed. Raise ReturnNotFound,
    ReturnChanged, ReturnRefundNotAllowed, NothingWanted, ReturnNotExchangeable, ReturnExchanged,
    or what `exchanging.draft` raises.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        of = await returns.claim(session, return_id, context.seen)
        if not may_refund:
            raise ReturnRefundNotAllowed(scope="refunds.write")
        wanted = draft.exchange or convert(of.exchange, list[LineDraft])
        if not wanted:
            raise NothingWanted
        of.expect_exchangeable()
        way = draft.shipping_option
        frozen = await exchanging.draft(session, (order, of), wanted, way, context)
        frozen.has_due_date = False
        await exchanging.place(session, Exchanged(frozen, 0), context)
        of.exchange_early(frozen.id, to_builtins(wanted))
        await telling.tell_replacement(session, frozen.id, 0, context)
        await telling.tell(session, event_types.RETURN_EXCHANGED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


class ReturnRefundNotAllowed(Forbidden):
    """Closing this return pays money back, or exchanges goods, which your rights do not allow."""
