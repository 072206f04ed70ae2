"""Issuing: the next number and all that the document says, in the transaction of the caller.

Its files are made afterwards, by a job, from what was frozen here. Locks are taken in this order:
the order, the series, the chain.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from trastienda.database.db import Session, prepared
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.invoices.invoice import Invoice, InvoiceKind, OrderNotInvoiced
from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.database.models.invoices.settings import InvoiceSettings
from trastienda.database.models.orders.order import (
    FulfilmentStatus,
    Order,
    OrderClosed,
    OrderStatus,
)
from trastienda.errors import Conflict
from trastienda.schemas.invoices.document import Document
from trastienda.schemas.invoices.sold import CreditDraft
from trastienda.services.events.types import ORDER_FULFILLED
from trastienda.services.invoices import invoices, numbering, settings
from trastienda.services.invoices.documents import crediting, drafting, selling
from trastienda.services.invoices.documents.drafting import Issue
from trastienda.services.invoices.documents.wording import say
from trastienda.services.invoices.verifactu import chain
from trastienda.services.invoices.verifactu import records as verifactu
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.services.orders import orders
from trastienda.services.payments import refunds

FILES = "invoice_files"
"""The job that writes the files of an invoice."""
EURO = "EUR"
_SENT = prepared(f"""
    SELECT max(created_at) FROM events
    WHERE aggregate_id = %(order)s AND type = '{ORDER_FULFILLED.name}'
""")


class Desk(NamedTuple):
    """What issues documents of an order: the order, locked, and what its channel says."""

    order: Order
    settings: InvoiceSettings
    zone: ZoneInfo
    now: datetime


class Frozen(NamedTuple):
    """What is kept of a document beside it."""

    kind: InvoiceKind
    corrects_id: UUID | None = None
    source_id: UUID | None = None
    replaces_id: UUID | None = None


async def issue(session: Session, order_id: UUID, now: datetime) -> tuple[UUID, bool]:
    """Issue the invoice of an order; return its id, and whether it was there before.

    Raise OrderNotFound, OrderClosed, OrderTooOld, InvoiceSettingsMissing or VerifactuInEuros.
    """
    order = await orders.claim(session, order_id, None)
    if before := await invoices.open_of_order(session, order_id):
        return before, True
    if order.status is not OrderStatus.OPEN:
        raise OrderClosed(order=order_id)
    rest = await invoices.corrected(session, order_id)  # of an older invoice: that stays so
    return await _issue(session, order, Frozen(InvoiceKind.INVOICE), now, rest=rest), False


async def replace(session: Session, order: Order, replaced_id: UUID, now: datetime) -> UUID:
    """Issue the invoice of what is left of a locked order, after an edit and maybe refunds.

    Raise InvoiceSettingsMissing or VerifactuInEuros.
    """
    frozen = Frozen(InvoiceKind.INVOICE, replaces_id=replaced_id)
    return await _issue(session, order, frozen, now, rest=True)


async def _issue(
    session: Session, order: Order, frozen: Frozen, now: datetime, *, rest: bool
) -> UUID:
    desk = await _desk(session, order, now)
    sale = selling.sale(order, desk.zone, await _supplied_on(session, desk))
    if rest:
        left = await refunds.left(session, await orders.by_id(session, order.id))
        sale = selling.rest(sale, left, order)
    if desk.settings.locale:
        sale = structs.replace(sale, locale=desk.settings.locale)
    return await _write(session, desk, frozen, lambda it: drafting.invoice(sale, it))


async def credit(session: Session, draft: CreditDraft, now: datetime) -> UUID:
    """Issue a credit note about what an order's invoice charged; return its id.

    About the same source there is one: it is returned. Raise OrderNotFound, OrderNotInvoiced,
    MoreThanInvoiced, CreditUnusable, OrderTooOld, InvoiceSettingsMissing or VerifactuInEuros.
    """
    order = await orders.claim(session, draft.order_id, None)
    if before := await invoices.of_source(session, draft.source_id):
        return before
    corrects_id = await invoices.open_of_order(session, draft.order_id)
    if corrects_id is None:
        raise OrderNotInvoiced
    corrected = await invoices.document(session, corrects_id)
    before_this = await invoices.credited(session, corrects_id)
    if before_this + crediting.total(draft) > corrected.sums.total:
        raise MoreThanInvoiced
    desk = await _desk(session, order, now)
    sale = selling.sale(order, desk.zone, None)
    sold = {line.id: line for line in sale.lines}
    frozen = Frozen(InvoiceKind.CREDIT_NOTE, corrects_id, draft.source_id)
    return await _write(
        session, desk, frozen, lambda it: crediting.credit_note(corrected, sold, draft, it)
    )


async def withdraw(session: Session, order: Order, now: datetime) -> None:
    """Give back all that the invoice of an order charged, if it has one: it was called off.

    The order is locked. Nothing is done if a credit note was issued before: `refunded` does that.
    """
    invoice_id = await invoices.open_of_order(session, order.id)
    if invoice_id is None or await invoices.credited(session, invoice_id):
        return
    corrected = await invoices.document(session, invoice_id)
    if corrected.sums.total:
        reason = say("called_off", corrected.locale)
        sale = selling.sale(order, UTC, None)
        await credit(session, crediting.whole(sale, order.id, reason), now)


async def _desk(session: Session, order: Order, now: datetime) -> Desk:
    own = await settings.of_channel(session, order.channel_id)
    channel = await session.orm.get_one(Channel, order.channel_id)
    if own.verifactu is not VerifactuMode.DISABLED and order.currency != EURO:
        raise VerifactuInEuros(currency=order.currency)
    return Desk(order, own, ZoneInfo(channel.time_zone), now)


async def _write(
    session: Session, desk: Desk, frozen: Frozen, draw_up: Callable[[Issue], Document]
) -> UUID:
    """Take the next number, freeze what the document says, and queue the job of its files."""
    own, kind = desk.settings, frozen.kind
    series = own.invoice_series if kind is InvoiceKind.INVOICE else own.credit_note_series
    local = desk.now.astimezone(desk.zone)
    taken = await numbering.take(session, own.channel_id, series, local)
    issued_on = taken.issued_at.astimezone(desk.zone).date()
    seller = settings.seller(own)
    document = draw_up(Issue(taken.number, taken.issued_at, issued_on, seller))
    issuer = verifactu.nif(seller.tax_number or seller.vat_number or "")
    if own.verifactu is not VerifactuMode.DISABLED:
        document = structs.replace(document, qr=verifactu.qr(document, issuer, own.verifactu))
    row = Invoice(
        channel_id=own.channel_id,
        order_id=desk.order.id,
        kind=kind,
        number=taken.number,
        prefix=taken.prefix,
        sequence=taken.sequence,
        currency=document.currency,
        total=document.sums.total,
        document=msgspec.to_builtins(document),
        issued_at=taken.issued_at,
        issued_on=issued_on,
        corrects_id=frozen.corrects_id,
        source_id=frozen.source_id,
        replaces_id=frozen.replaces_id,
    )
    session.orm.add(row)
    await session.orm.flush()
    if own.verifactu is not VerifactuMode.DISABLED:
        await chain.append(
            session,
            issuer,
            row.id,
            lambda previous, at: verifactu.issued(document, issuer, previous, at),
            local,
        )
    await job_queue.defer(session, [Job(FILES, row.id, lock=str(row.id))])
    return row.id


async def _supplied_on(session: Session, desk: Desk) -> date | None:
    """Say when the last of an order was sent; None while something is still to be sent."""
    if desk.order.fulfilment_status is not FulfilmentStatus.FULFILLED:
        return None
    row = await _SENT.row(session, order=desk.order.id)
    return row[0].astimezone(desk.zone).date() if row and row[0] else None


class MoreThanInvoiced(Conflict):
    """Credit notes give back no more than their invoice charged."""


class VerifactuInEuros(Conflict):
    """VERI*FACTU takes amounts in euros only."""
