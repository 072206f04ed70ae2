"""Invoices: issued in one transaction, their files kept in another, and cancelled."""

from uuid import UUID

import structlog

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.orders.order import OrderClosed, OrderNotFound
from trastienda.schemas.invoices.document import Document
from trastienda.schemas.invoices.invoice import CancellationDraft, InvoiceView, IssuedInvoice
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import cancelling, invoices, issuing, keeping, refunded
from trastienda.services.invoices.documents.selling import OrderTooOld
from trastienda.services.invoices.keeping import Files
from trastienda.services.invoices.settings import InvoiceSettingsMissing

log = structlog.get_logger()


@use_case
async def issue(order_id: UUID, context: Context) -> IssuedInvoice:
    """Issue the invoice of an order, or return the one that it has.

    Refunds that were granted before it get their credit notes now. Raise OrderNotFound,
    OrderClosed, OrderTooOld, InvoiceSettingsMissing, VerifactuInEuros or TaxExchangeRateMissing.
    """
    async with transaction(context.once) as session:
        invoice_id, again = await issuing.issue(session, order_id, context.asked_at)
        if not again:
            await refunded.credit_earlier(session, order_id, context.asked_at)
        view = await invoices.by_id(session, invoice_id)
        return IssuedInvoice(await session.answer(view, again=again), again=again)


async def issue_due(order_id: UUID, context: Context) -> None:
    """Issue the invoice of an order whose moment has come, unless it is gone or called off."""
    try:
        await issue(order_id, context)
    except (OrderNotFound, OrderClosed, OrderTooOld, InvoiceSettingsMissing) as refusal:
        log.info("no invoice", order=str(order_id), reason=type(refusal).__name__)


async def unwritten(invoice_id: UUID) -> Document | None:
    """Return what an invoice says whose files are still to be made."""
    async with reading() as session:
        if await keeping.kept(session, invoice_id):
            return None
        return await invoices.document(session, invoice_id)


@use_case
async def keep(invoice_id: UUID, files: Files, context: Context) -> None:
    """Keep the files of an invoice, and tell that it is issued: from now on it can be fetched."""
    async with transaction() as session:
        if await keeping.keep(session, invoice_id, files, context.asked_at):
            told = await invoices.told(session, invoice_id)
            await events.append(session, event_types.INVOICE_ISSUED, invoice_id, told, context)


@use_case
async def cancel(invoice_id: UUID, draft: CancellationDraft, context: Context) -> InvoiceView:
    """Say that an invoice was issued in error.

    Raise InvoiceNotFound, InvoiceCancelled or InvoiceCorrected.
    """
    async with transaction(context.once) as session:
        await cancelling.cancel(session, invoice_id, draft.reason, context.asked_at)
        told = await invoices.told(session, invoice_id)
        await events.append(session, event_types.INVOICE_CANCELLED, invoice_id, told, context)
        return await session.answer(await invoices.by_id(session, invoice_id))
