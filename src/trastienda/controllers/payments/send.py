"""Refunds on their way: the provider is asked between two transactions, and its answer is booked.

Whatever dies in between, another process asks again under the same key once the lease has ended.
"""

import asyncio

import structlog

from trastienda.database.db import transaction, use_case, utcnow
from trastienda.database.models.payments.refund import TransferState
from trastienda.errors import ShopError
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.payments import Providers, transfers
from trastienda.services.payments.port import RefundStanding
from trastienda.services.payments.settlement import refunds_settled
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
        await refunds_settled.settle(session, sent, standing, context)
