"""VERI*FACTU: records of invoices, each with the hash of the one before."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.invoices.invoice import FREEZE


class VerifactuMode(StrEnum):
    """Whether invoices are chained for the Spanish tax agency."""

    DISABLED = "disabled"
    TEST = "test"
    """With squares that lead to the agency's servers for tests."""
    ENABLED = "enabled"


class RecordKind(StrEnum):
    ISSUED = "issued"
    CANCELLED = "cancelled"


class InvoiceChain(Model):
    """The end of an issuer's chain. Its row is locked from a record on until the commit."""

    __tablename__ = "invoice_chains"
    issuer: Mapped[str] = mapped_column(primary_key=True)
    """The seller's NIF."""
    last: Mapped[int]
    last_hash: Mapped[str]
    last_at: Mapped[datetime]


class InvoiceRecord(Identified, Model):
    """A record of an invoice that was issued or cancelled."""

    __tablename__ = "invoice_records"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint("hash ~ '^[0-9A-F]{64}$'", name="hash"),
        Index("uq_invoice_records_sequence", "issuer", "sequence", unique=True),
        Index("uq_invoice_records_invoice", "invoice_id", "kind", unique=True),
    )
    issuer: Mapped[str]
    sequence: Mapped[int]
    kind: Mapped[RecordKind]
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoices.id"))
    fields: Mapped[dict[str, Any]]
    """What the hash is made of."""
    hash: Mapped[str]
    recorded_at: Mapped[datetime]


_FREEZE = FREEZE.format(table=InvoiceRecord.__tablename__)
event.listen(InvoiceRecord.__table__, "after_create", DDL(_FREEZE))  # type: ignore[no-untyped-call]
