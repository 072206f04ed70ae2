"""Cancelling an invoice that should not have been issued. Its number stays taken."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from trastienda.database.db import Session, prepared
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.invoices.invoice import (
    Invoice,
    InvoiceCancellation,
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceKind,
    InvoiceNotFound,
)
from trastienda.services.invoices import invoices
from trastienda.services.invoices.verifactu import chain
from trastienda.services.invoices.verifactu import records as verifactu
from trastienda.services.orders import orders

_CORRECTED = prepared("""
    SELECT 1 FROM invoices WHERE corrects_id = %(invoice)s
        AND NOT EXISTS (SELECT FROM invoice_cancellations WHERE invoice_id = invoices.id) LIMIT 1
""")


async def cancel(session: Session, invoice_id: UUID, reason: str, now: datetime) -> None:
    """Say that an invoice was issued in error.

    Raise InvoiceNotFound, InvoiceCancelled, or InvoiceCorrected when a credit note refers to it.
    """
    row = await session.orm.get(Invoice, invoice_id)
    if row is None:
        raise InvoiceNotFound
    await orders.claim(session, row.order_id, None)
    if await session.orm.get(InvoiceCancellation, invoice_id):
        raise InvoiceCancelled
    if row.kind is InvoiceKind.INVOICE and await _CORRECTED.row(session, invoice=invoice_id):
        raise InvoiceCorrected
    cancellation = InvoiceCancellation(invoice_id=invoice_id, reason=reason, cancelled_at=now)
    session.orm.add(cancellation)
    await session.orm.flush()
    issuer = await chain.issuer_of(session, invoice_id)
    if issuer is not None:
        channel = await session.orm.get_one(Channel, row.channel_id)
        document = await invoices.document(session, invoice_id)
        await chain.append(
            session,
            issuer,
            invoice_id,
            lambda previous, at: verifactu.cancelled(document, issuer, previous, at),
            now.astimezone(ZoneInfo(channel.time_zone)),
        )
