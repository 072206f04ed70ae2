"""Refunds on their way: the provider is asked between two transactions, and its answer is booked.

Whatever dies in between, another process asks again under the same key once the lease has ended.
"""

import asyncio

import structlog

from trastienda.database.db import Session, transaction, use_case, utcnow
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import (
    Refund,
    RefundTransfer,
    TransferState,
)
from trastienda.errors import ShopError
from trastienda.schemas.ledger.booking import Booking
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import orders
from trastienda.services.payments import Providers, refund_events, refunds, to_credit, transfers
from trastienda.services.payments.port import RefundStanding
from trastienda.services.payments.transfers import TransferToSend

log = structlog.get_logger()


async def send_refunds(providers: Providers, context: Context) -> int:
    """Ask providers for the transfers that are due, a batch; return how many."""
    found = await _take(context)
    await asyncio.gather(*(_send(transfer, providers) for transfer in found))
    return len(found)


@use_case
async def _take(context: Context) -> list[TransferToSend]:
    async with transaction() as session:
        return await transfers.take(session, context.asked_at)


async def _send(transfer: TransferToSend, providers: Providers) -> None:
    """Ask for one transfer; without an answer it is asked again when its lease ends."""
    try:
        provider = payments.of_payment(providers, transfer.provider)
        if transfer.state is TransferState.PENDING and transfer.reference:
            standing = await provider.read_refund(transfer.charge, transfer.reference)
        else:
            standing = await provider.refund(transfer.charge, transfer.amount, transfer.key)
        await record(transfer, standing, Context(asked_at=utcnow()))
    except ShopError as unknown:
        name = type(unknown).__name__
        log.warning("refund not answered", transfer=str(transfer.id), reason=name)


@use_case
async def record(sent: TransferToSend, standing: RefundStanding, context: Context) -> None:
    """Book what a provider says of a transfer; saying it twice changes nothing."""
    async with transaction() as session:
        order_id = await transfers.order_of(session, sent.refund_id)
        order = await orders.claim(session, order_id, None) if order_id else None
        refund = await refunds.claim(session, sent.refund_id, None)
        transfer = next(it for it in refund.transfers if it.id == sent.id)
        before = transfer.state
        if sent.attempt != transfer.attempt:
            return
        if transfer.credit_account_id is not None:
            standing = await to_credit.standing(session, transfer, context)
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
