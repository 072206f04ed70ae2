"""An open order is edited: its rows, its stock, its books and its money, all or nothing.

A preview does the same, and is undone: what it answers is what the edit would do.
"""

from uuid import UUID

from msgspec import structs
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.orders.order import Order
from trastienda.database.models.orders.order_errors import OrderNotCaptured
from trastienda.schemas.order_edits.edit import OrderEditDraft, OrderEditView
from trastienda.schemas.shared.context import Context
from trastienda.services.invoices import replacing
from trastienda.services.ledger import bookings, ledger
from trastienda.services.order_edits import edits, revising
from trastienda.services.orders import books, orders
from trastienda.services.payments import granting, refunds
from trastienda.services.payments.settlement import of_orders


class _Previewed(Exception):
    """Undoes a preview."""

    def __init__(self, view: OrderEditView) -> None:
        super().__init__()
        self.view = view


async def edit(order_id: UUID, draft: OrderEditDraft, context: Context) -> OrderEditView:
    """Edit an open order, or say what would come of it.

    What it costs more is still to be paid; what it costs less than was captured is refunded. Raise
    OrderNotFound, OrderChanged, OrderClosed, LessThanRefunded, OrderNotCaptured, PaymentBusy,
    OutOfStock, QuotesWanted, InvoiceSettingsMissing, VerifactuInEuros, or what
    `revising.check` and `revising.revise` raise.
    """
    if not draft.preview:
        return await _edit(order_id, draft, context)
    try:
        return await _edit(order_id, draft, structs.replace(context, once=None))
    except _Previewed as previewed:
        return previewed.view


@use_case
async def _edit(order_id: UUID, draft: OrderEditDraft, context: Context) -> OrderEditView:
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        revising.check(order, draft)
        given = await refunds.given(session, order_id)
        await of_orders.expect_none_under_way(session, order_id)
        version, before = order.version, await orders.by_id(session, order_id)
        sold, edit_id = revising.sold(order, before), uuid7()
        replaced = await replacing.take_back(session, order, edit_id, context.asked_at)
        excess = await revising.revise(session, order, draft, context)
        await _expect_fitting(session, order, excess)
        after = await orders.by_id(session, order_id)
        revising.expect_covered(given, sold, revising.sold(order, after))
        contents = edits.content(before), edits.content(after)
        view = edits.view(order, draft, contents, excess, context)
        if draft.preview:
            view.order_version = version
            raise _Previewed(view)
        view.id = edit_id
        booked = bookings.edit(view.id, sold, revising.sold(order, after))
        await ledger.write(session, [booked], order.id, order.currency, context.asked_at)
        await edits.tell(session, order, view, context)
        if excess:
            note = f"Edited: {draft.reason}"
            refund = await granting.give_back_excess(session, order, excess, note, context)
            view.refund_id = refund.id
        await edits.keep(session, view, context)
        if replaced:
            await replacing.issue_anew(session, order, replaced, context.asked_at)
        return await session.answer(view)


async def _expect_fitting(session: Session, order: Order, excess: int) -> None:
    """Raise OrderNotCaptured where money is held that would not be what is left to be paid."""
    held = await of_orders.held(session, order.id)
    if held and (excess or not 0 < order.owed <= held):
        raise OrderNotCaptured
