"""The sweep: payments are compared with what their provider says, or ended if they wait too long.

Whatever was lost on the way (an answer, a webhook, a process) is found here.
"""

import asyncio

import structlog

from trastienda.controllers.orders.operations import carry_out
from trastienda.controllers.orders.settle import record
from trastienda.database.db import transaction, use_case
from trastienda.errors import ShopError
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.events import types as event_types
from trastienda.services.payments import Providers, attempts, views
from trastienda.services.payments.settlement import due, operations
from trastienda.services.payments.settlement.telling import tell

log = structlog.get_logger()
AT_ONCE = 8
"""Questions to providers."""


async def check_payments(providers: Providers, context: Context) -> int:
    """Compare a batch of payments with what their providers say; return how many."""
    found = await _due(context)
    turns = asyncio.Semaphore(AT_ONCE)

    async def check(payment: Attempt) -> None:
        async with turns:
            try:
                await _check(payment, providers, context)
            except ShopError as refusal:  # not known yet: it is looked at again
                kind = type(refusal).__name__
                log.info("payment not settled", payment=str(payment.id), outcome=kind)

    await asyncio.gather(*map(check, found))
    return len(found)


@use_case
async def _due(context: Context) -> list[Attempt]:
    async with transaction() as session:
        return await due.take(session, context.asked_at)


async def _check(payment: Attempt, providers: Providers, context: Context) -> None:
    """Ask what was decided and not answered; end what waits too long; else compare."""
    now = context.asked_at
    waits = payment.state in views.WAITING
    if payment.operation is None and waits and payment.held_until and payment.held_until <= now:
        payment = await _ended(payment, context) or payment
    if payment.operation is not None:
        await carry_out(payment, providers, context)
        return
    provider = payments.named(providers, payment.provider)
    standing = await provider.read(attempts.charge(payment))
    if standing is not None:
        await record(payment, standing, context)
    if due.expires_soon(payment, now):
        await _warn(payment, context)


@use_case
async def _ended(payment: Attempt, context: Context) -> Attempt | None:
    """Decide to end a payment whose buyer has not come back."""
    async with transaction() as session:
        return await operations.ask_end(session, payment, context.asked_at)


@use_case
async def _warn(payment: Attempt, context: Context) -> None:
    async with transaction() as session:
        current = await attempts.lock(session, payment)
        if due.expires_soon(current, context.asked_at):
            await due.note_told(session, current, context.asked_at)
            await tell(session, event_types.PAYMENT_EXPIRING, current, context)
