"""Issuing: the next number and all that the document says, in the transaction of the caller.

Its files are made afterwards, by a job, from what was frozen here. Locks are taken in this order:
the order, the series, the chain.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5
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
from trastienda.schemas.invoices.sold import CreditDraft, Sale
from trastienda.services.events.types import ORDER_FULFILLED
from trastienda.services.invoices import invoices, numbering, settings
from trastienda.services.invoices.documents import converting, crediting, drafting, selling
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
    vouchers: bool = False


async def issue(session: Session, order_id: UUID, now: datetime) -> tuple[UUID, bool]:
    """Issue the invoice of an order; return its id, and whether it was there before.

    Gift cards have an invoice of their own; its id is returned where there are no goods. Raise
    OrderNotFound, OrderClosed, OrderTooOld, InvoiceSettingsMissing, VerifactuInEuros or
    TaxExchangeRateMissing.
    """
    order = await orders.claim(session, order_id, None)
    before = [await invoices.open_of_order(session, order_id, vouchers=it) for it in kinds(order)]
    there = [it for it in before if it is not None]
    if len(there) == len(before) or (there and order.status is not OrderStatus.OPEN):
        return there[0], True
    if order.status is not OrderStatus.OPEN:
        raise OrderClosed(order=order_id)
    rest = await invoices.corrected(session, order_id)  # of an older invoice: that stays so
    desk = await _desk(session, order, now)
    known = dict(zip(kinds(order), before, strict=True))
    issued = []
    for sale, vouchers in selling.parts(await _sale(session, desk, rest=rest)):
        frozen = Frozen(InvoiceKind.INVOICE, vouchers=vouchers)
        issued.append(known.get(vouchers) or await _draw_up(session, desk, frozen, sale))
    return issued[0], False


async def replace(session: Session, order: Order, replaced_id: UUID, now: datetime) -> UUID:
    """Issue the invoice of what is left of the goods of a locked order, after an edit.

    Raise InvoiceSettingsMissing, VerifactuInEuros or TaxExchangeRateMissing.
    """
    desk = await _desk(session, order, now)
    sale, _ = selling.parts(await _sale(session, desk, rest=True))[0]
    frozen = Frozen(InvoiceKind.INVOICE, replaces_id=replaced_id)
    return await _draw_up(session, desk, frozen, sale)


async def _sale(session: Session, desk: Desk, *, rest: bool) -> Sale:
    """Return what was sold, or what refunds have left of it."""
    order = desk.order
    sale = selling.sale(order, desk.zone, await _supplied_on(session, desk))
    if rest:
        left = await refunds.left(session, await orders.by_id(session, order.id))
        sale = selling.rest(sale, left, order)
    if desk.settings.locale:
        sale = structs.replace(sale, locale=desk.settings.locale)
    return sale


async def _draw_up(session: Session, desk: Desk, frozen: Frozen, sale: Sale) -> UUID:
    own = desk.settings
    rates = settings.rates(own)

    def draw_up(it: Issue) -> Document:
        return converting.converted(drafting.invoice(sale, it), own.tax_currency, rates)

    return await _write(session, desk, frozen, draw_up)


async def credit(session: Session, draft: CreditDraft, now: datetime) -> UUID:
    """Issue a credit note about what an order's invoice charged; return its id.

    About the same source there is one: it is returned. Raise OrderNotFound, OrderNotInvoiced,
    MoreThanInvoiced, CreditUnusable, OrderTooOld, InvoiceSettingsMissing or VerifactuInEuros.
    """
    order = await orders.claim(session, draft.order_id, None)
    if before := await invoices.of_source(session, draft.source_id):
        return before
    corrects_id = await invoices.open_of_order(session, draft.order_id, vouchers=draft.vouchers)
    if corrects_id is None:
        raise OrderNotInvoiced
    corrected = await invoices.document(session, corrects_id)
    before_this = await invoices.credited(session, corrects_id)
    if before_this + crediting.total(draft) > corrected.sums.total:
        raise MoreThanInvoiced
    desk = await _desk(session, order, now)
    sale = selling.sale(order, desk.zone, None)
    sold = {line.id: line for line in sale.lines}
    frozen = Frozen(InvoiceKind.CREDIT_NOTE, corrects_id, draft.source_id, vouchers=draft.vouchers)

    def draw_up(it: Issue) -> Document:
        note = crediting.credit_note(corrected, sold, draft, it)
        return converting.as_before(note, corrected.tax_in)

    return await _write(session, desk, frozen, draw_up)


async def withdraw(session: Session, order: Order, now: datetime) -> None:
    """Give back all that the invoices of an order charged, if it has any: it was called off.

    The order is locked. Nothing is done if a credit note was issued before: `refunded` does that.
    """
    for vouchers in kinds(order):
        invoice_id = await invoices.open_of_order(session, order.id, vouchers=vouchers)
        if invoice_id is None or await invoices.credited(session, invoice_id):
            continue
        corrected = await invoices.document(session, invoice_id)
        if corrected.sums.total:
            reason = say("called_off", corrected.locale)
            (sale,) = (
                part
                for part, own in selling.parts(selling.sale(order, UTC, None))
                if own is vouchers
            )
            source_id = source(order.id, vouchers=vouchers)
            draft = crediting.whole(sale, (order.id, source_id), reason)
            await credit(session, structs.replace(draft, vouchers=vouchers), now)


def kinds(order: Order) -> tuple[bool, ...]:
    """Say which invoices an order may have: of goods (False), and of gift cards (True)."""
    return tuple(sorted({line.gift_card is not None for line in order.lines})) or (False,)


def source(about: UUID, *, vouchers: bool) -> UUID:
    """Return what identifies a credit note about a refund, say: there may be one of each kind."""
    return uuid5(about, "gift cards") if vouchers else about


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
    seller = settings.seller(own, vouchers=frozen.vouchers)
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
