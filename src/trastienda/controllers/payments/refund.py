"""What staff decide about money that goes back. The providers hear of it from a job, seconds later.

A refund is a promise as soon as it is granted: the order and its payments count it, so that no two
refunds give back the same money, whenever their providers answer.
"""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.orders.order import RefundTooLarge
from trastienda.database.models.payments.refund import RefundNotFailed, RefundOwed, TransferState
from trastienda.schemas.payments.refund import RefundDraft, RefundView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.invoices import refunded
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import books, orders
from trastienda.services.orders.gift_cards import units as gift_cards
from trastienda.services.payments import granting, refund_events, refundable, refunds, transfers
from trastienda.services.payments.settlement import of_orders


@use_case
async def refund(order_id: UUID, draft: RefundDraft, context: Context) -> RefundView:
    """Promise a buyer money back, for lines, shipping, or an amount.

    Raise OrderNotFound, OrderChanged, RefundEmpty, RefundLineUnknown, MoreThanLeft,
    RefundTooLarge, NothingToRefund, MoreThanSent, NothingPromised, GiftCardUsed, NoCustomerAccount,
    MoreThanInvoiced, InvoiceSettingsMissing, or OrderNotCaptured or PaymentBusy while other money
    of the order is held or under way.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        await of_orders.expect_nothing_to_come(session, order)
        before = await orders.by_id(session, order_id)
        given = refundable.worth(await refunds.left(session, before), draft)
        if sum(taxed.amount for taxed in given) > order.refundable:
            raise RefundTooLarge(refundable=order.refundable)
        granted = await granting.grant(session, order, given, draft, context)
        await refunded.credit(session, order, granted, context.asked_at)
        return await session.answer(refunds.view(granted))


@use_case
async def retry(refund_id: UUID, context: Context) -> RefundView:
    """Ask the providers that refused once more, as a new decision.

    Raise RefundNotFound, RefundChanged or RefundNotFailed.
    """
    async with transaction(context.once) as session:
        failed = await refunds.claim(session, refund_id, context.seen)
        refused = [it for it in failed.transfers if it.state is TransferState.REFUSED]
        if not refused or failed.withdrawn_at is not None:
            raise RefundNotFailed
        for transfer in refused:
            transfers.again(transfer, context.asked_at)
        failed.version += 1
        await session.orm.flush()
        return await session.answer(refunds.view(failed))


@use_case
async def withdraw(refund_id: UUID, context: Context) -> RefundView:
    """Give a refund up whose providers all refused it: the money is the merchant's again.

    Its credit notes are cancelled. Raise RefundNotFound, RefundChanged, RefundNotFailed, or
    RefundOwed.
    """
    async with transaction(context.once) as session:
        order_id = await transfers.order_of(session, refund_id)
        order = await orders.claim(session, order_id, None) if order_id else None
        failed = await refunds.claim(session, refund_id, context.seen)
        states = {transfer.state for transfer in failed.transfers}
        if order is not None and not failed.items:
            raise RefundOwed
        if order is None or states != {TransferState.REFUSED} or failed.withdrawn_at is not None:
            raise RefundNotFailed
        for transfer in failed.transfers:
            transfer.move(TransferState.CANCELLED)
        failed.withdrawn_at = context.asked_at
        failed.version += 1
        order.withdraw_refund(failed.amount)
        await session.orm.flush()
        await refunds.take_back(session, failed)
        given = refunds.items(failed, order)
        booked = bookings.refund_withdrawn(failed.id, given, order.tax_country, failed.version)
        cards = await gift_cards.give_back(session, order, failed.id, given, context)
        await ledger.write(session, [booked, *cards], order.id, order.currency, context.asked_at)
        await refunded.withdraw(session, order, failed, context)
        await refund_events.tell_order(session, order, context)
        view = refunds.view(failed)
        await refund_events.tell(session, event_types.REFUND_WITHDRAWN, view, order, context)
        return await session.answer(view)
