"""Webhooks of payment providers: kept at once, worked off behind the answer.

A webhook is a hint: its payment is read back, and settled by what the provider says then. So twice,
too early or in another order does no harm.
"""

import structlog

from trastienda.controllers.orders.settle import record
from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.payments.notice import NoticeOutcome
from trastienda.database.models.payments.payment import PaymentState
from trastienda.errors import NotFound, ShopError
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.payments import Provider, Providers, attempts, notices, transfers
from trastienda.services.payments.notices import Kept
from trastienda.services.payments.port import (
    DisputeStanding,
    Disputing,
    Notice,
    RefundStanding,
    Tracing,
    Webhook,
)
from trastienda.services.payments.settlement import disputes, refunds_settled
from trastienda.services.payments.transfers import TransferToSend

log = structlog.get_logger()


async def take_notice(
    name: str,
    webhook: Webhook,
    providers: Providers,
    context: Context,
) -> None:
    """Verify a webhook by its headers and raw body, and keep it.

    Raise WebhookUnverified, ProviderNotFound, or Unavailable when it cannot be verified now.
    """
    provider = providers.get(name)
    if provider is None:
        raise ProviderNotFound
    await _keep(name, await provider.notice(webhook, context.asked_at), context)


@use_case
async def _keep(provider: str, notice: Notice, context: Context) -> None:
    async with transaction() as session:
        await notices.keep(session, provider, notice, context.asked_at)


async def work_off_notices(providers: Providers, context: Context) -> int:
    """Read back the payments that notices are about, a batch; return how many notices."""
    found = await _take(context)
    for notice, noted in found:
        try:
            payment = noted or await _traced(notice, providers)
            if payment is not None:
                await _work_off(notice, payment, providers, context)
        except ShopError as refusal:  # not known yet: it is tried again
            kind = type(refusal).__name__
            log.info("notice not worked off", provider=notice.provider, outcome=kind)
    return len(found)


@use_case
async def _take(context: Context) -> list[tuple[Kept, Attempt | None]]:
    """Take notices, each with its payment, if that is known; done with those about none."""
    async with transaction() as session:
        found: list[tuple[Kept, Attempt | None]] = []
        for notice in await notices.take(session, context.asked_at):
            payment = await notices.payment_of(session, notice)
            if payment is not None:
                found.append((notice, payment))
            elif notice.reference is None:
                await notices.done(session, notice, NoticeOutcome.IGNORED)
            elif notice.received_at <= context.asked_at - notices.LOOKED_FOR:
                await notices.done(session, notice, NoticeOutcome.UNKNOWN)
                log.error("a notice is about no payment of ours", provider=notice.provider)
            else:
                found.append((notice, None))
        return found


async def _traced(notice: Kept, providers: Providers) -> Attempt | None:
    """Find the payment that a provider means by an id which the shop does not know yet.

    A buyer has paid on the provider's own page: the shop knows the page. A payment whose provider
    is being asked is looked for again later.
    """
    provider = providers.get(notice.provider)
    if notice.reference is None or not isinstance(provider, Tracing):
        return None
    ours = await provider.trace(notice.reference)
    if ours is None:
        await _done(notice, NoticeOutcome.IGNORED)
        return None
    async with reading() as session:
        payment = await attempts.by_id(session, ours)
    if payment is None or payment.provider != notice.provider:
        return None
    return None if payment.state is PaymentState.STARTED else payment


async def _work_off(notice: Kept, payment: Attempt, providers: Providers, context: Context) -> None:
    provider = payments.named(providers, payment.provider)
    standing = await provider.read(attempts.charge(payment))
    if standing is not None:
        await record(payment, standing, context)
    if notice.refund is not None:
        await _read_refund(notice.refund, payment, provider, context)
    if notice.dispute is not None and isinstance(provider, Disputing):
        disputed = await provider.read_dispute(attempts.charge(payment), notice.dispute)
        await settle_dispute(payment, disputed, context)
    await _done(notice)


@use_case
async def settle_dispute(payment: Attempt, standing: DisputeStanding, context: Context) -> None:
    """Note what a provider says of a dispute of a payment."""
    async with transaction() as session:
        current = await attempts.lock(session, payment)
        await disputes.settle(session, current, standing, context)


async def _read_refund(
    reference: str, payment: Attempt, provider: Provider, context: Context
) -> None:
    """Read a refund back: a bank may return it days after it was done."""
    async with reading() as session:
        transfer = await transfers.of_reference(session, payment.id, reference)
    if transfer is None:  # its own answer is still to come, or the merchant made it elsewhere
        log.info("a notice is about a refund that is not known", payment=str(payment.id))
        return
    standing = await provider.read_refund(transfer.charge, reference)
    await settle_refund(transfer, standing, context)


@use_case
async def settle_refund(
    transfer: TransferToSend, standing: RefundStanding, context: Context
) -> None:
    async with transaction() as session:
        await refunds_settled.settle(session, transfer, standing, context)


@use_case
async def _done(notice: Kept, outcome: NoticeOutcome = NoticeOutcome.SETTLED) -> None:
    async with transaction() as session:
        await notices.done(session, notice, outcome)


class ProviderNotFound(NotFound):
    """The shop has no such payment provider."""
