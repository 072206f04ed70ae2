from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.database.models.shared.text import Locale


class InvoiceSettings(Identified, Model):
    """What the invoices of a channel say of the seller, and how they are numbered."""

    __tablename__ = "invoice_settings"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("vat_number IS NOT NULL OR tax_number IS NOT NULL", name="tax_number"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), unique=True)
    name: Mapped[str]
    address: Mapped[dict[str, Any]]
    vat_number: Mapped[str | None]
    tax_number: Mapped[str | None]
    registration: Mapped[str | None]
    iban: Mapped[str | None]
    invoice_series: Mapped[str]
    credit_note_series: Mapped[str]
    locale: Mapped[Locale | None]
    """None: the language of each order."""
    verifactu: Mapped[VerifactuMode]
    version: Mapped[int] = mapped_column(default=1)
    tax_currency: Mapped[str | None] = mapped_column(String(3), default=None)
    """The currency that the seller pays taxes in; None: invoices say their tax in their own."""
    tax_rates: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default_factory=list, server_default="[]"
    )
    """The rates into it, by the currency of the invoice."""
