"""Invoices and credit notes: written once, and never changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, NotFound, Unavailable


class InvoiceKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    """It takes an invoice back, whole or in part."""


class InvoiceCounter(Model):
    """The last number of a series. Its row is locked from a number on until the commit."""

    __tablename__ = "invoice_counters"
    __table_args__ = (CheckConstraint("last > 0", name="last"),)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), primary_key=True)
    prefix: Mapped[str] = mapped_column(primary_key=True)
    """What stands before the number, such as `2026-`."""
    last: Mapped[int]
    last_at: Mapped[datetime]
    """When the last one was issued: a later number never has an earlier date."""


class Invoice(Identified, Model):
    """An invoice or a credit note: its number, and all that it says."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint(
            f"(kind = '{InvoiceKind.CREDIT_NOTE}') = (corrects_id IS NOT NULL)", name="corrects"
        ),
        Index("uq_invoices_number", "number", "channel_id", unique=True),
        Index("uq_invoices_sequence", "channel_id", "prefix", "sequence", unique=True),
        Index("uq_invoices_source", "source_id", unique=True),
        Index(None, "order_id"),
        Index(None, "corrects_id"),
        Index("uq_invoices_replaces_id", "replaces_id", unique=True),
        Index(None, "kind", "id"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[InvoiceKind]
    number: Mapped[str]
    prefix: Mapped[str]
    sequence: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int]
    document: Mapped[dict[str, Any]]
    """All that it says: a `Document`."""
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    """The day in the channel's time zone."""
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoices.id"), default=None)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoices.id"), default=None)
    """The invoice of the order before it was edited, which a credit note has taken back."""
    source_id: Mapped[UUID | None] = mapped_column(default=None)
    """What a credit note is about, a refund or an edit, say: the same has one at most."""


class InvoiceFile(Model):
    """The bytes of an invoice, made once from its document, and their SHA-256."""

    __tablename__ = "invoice_files"
    __table_args__ = (
        CheckConstraint("pdf_sha256 = sha256(pdf)", name="pdf_sha256"),
        CheckConstraint("xml_sha256 = sha256(xml)", name="xml_sha256"),
        CheckConstraint("(xml IS NULL) = (xml_sha256 IS NULL)", name="xml"),
    )
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoices.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    xml: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None in a currency that the standard has too few decimals for."""
    xml_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class InvoiceCancellation(Model):
    """That an invoice was issued in error; its number stays taken."""

    __tablename__ = "invoice_cancellations"
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoices.id"), primary_key=True)
    reason: Mapped[str]
    cancelled_at: Mapped[datetime]


FROZEN = """
    CREATE FUNCTION invoices_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%% of %%: what has been issued stays as it is', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoices_are_frozen';
    END $$
"""
FREEZE = """
    CREATE TRIGGER invoices_are_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_frozen()
"""
event.listen(Invoice.__table__, "after_create", DDL(FROZEN))  # type: ignore[no-untyped-call]
for _table in (Invoice.__table__, InvoiceFile.__table__, InvoiceCancellation.__table__):
    _statement = FREEZE.format(table=_table.description)
    event.listen(_table, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]


class InvoiceNotFound(NotFound):
    """There is no such invoice."""


class InvoiceNotReady(Unavailable):
    """The invoice is being written; try again in a moment."""


class InvoiceCancelled(Conflict):
    """This invoice has been cancelled."""


class InvoiceCorrected(Conflict):
    """A credit note corrects this invoice, so it cannot be cancelled as an error."""


class OrderNotInvoiced(Conflict):
    """This order has no invoice that could be corrected."""
