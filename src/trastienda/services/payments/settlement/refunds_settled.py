"""What a provider says of money that goes back, and what follows from it."""

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import Refund, RefundTransfer, TransferState
from trastienda.schemas.ledger.booking import Booking
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import orders
from trastienda.services.payments import refund_events, refunds, to_credit, transfers
from trastienda.services.payments.port import RefundStanding
from trastienda.services.payments.transfers import TransferToSend


async def settle(
    session: Session, sent: TransferToSend, standing: RefundStanding, context: Context
) -> None:
    """Book what a provider says of a transfer; saying it twice changes nothing."""
    order_id = await transfers.order_of(session, sent.refund_id)
    order = await orders.claim(session, order_id, None) if order_id else None
    refund = await refunds.claim(session, sent.refund_id, None)
    transfer = next(it for it in refund.transfers if it.id == sent.id)
    before = transfer.state
    if sent.attempt != transfer.attempt:
        return
    if transfer.credit_account_id is not None:
        standing = await to_credit.standing(session, transfer, context)
    found = standing.reference if sent.charge.lost_refund else None
    if found and await transfers.is_of_another(session, transfer, found):
        return  # that one was answered meanwhile; this one is looked for again
    if not transfers.settle(transfer, standing, context.asked_at):
        return
    refund.version += 1
    await session.orm.flush()
    if transfer.credit_account_id is not None:
        await to_credit.put(session, refund, transfer, context)
    if booked := _booking(transfer, before):
        await ledger.write(session, [booked], order_id, refund.currency, context.asked_at)
    if order is not None:
        await _tell(session, refund, order, context)


def _booking(transfer: RefundTransfer, before: TransferState) -> Booking | None:
    """Book money that has gone, or has come back; a refusal of what never went moves nothing."""
    facts = (transfer.id, transfer.provider, transfer.amount, transfer.attempt)
    if transfer.state is TransferState.DONE:
        return bookings.refund_paid(*facts, transfer.credit_account_id)
    return bookings.refund_returned(*facts) if before is TransferState.DONE else None


async def _tell(session: Session, refund: Refund, order: Order, context: Context) -> None:
    """Tell of a refund that has ended, well or not."""
    view = refunds.view(refund)
    ended = {
        "succeeded": event_types.REFUND_SUCCEEDED,
        "failed": event_types.REFUND_FAILED,
    }.get(view.status)
    if ended is not None:
        await refund_events.tell(session, ended, view, order, context)
