"""Invoices and credit notes, as staff and buyers see them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency, Sum
from trastienda.schemas.shared.naming import Label

Sha256 = Annotated[
    str,
    Meta(
        description="SHA-256 of the file, in hexadecimal.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]


class InvoiceView(Struct, kw_only=True):
    """An invoice or a credit note. What it says stands in its PDF and its XML."""

    id: UUID
    kind: InvoiceKind
    number: Annotated[str, Meta(examples=["2026-00001"])]
    order_id: UUID
    order_number: Annotated[str, Meta(examples=["100001"])]
    currency: Currency
    net: Sum
    tax: Sum
    total: Sum
    issued_at: datetime
    issued_on: date
    """The day in the shop's time zone: the one that the invoice names."""
    corrects: UUID | UnsetType | None = UNSET
    """The invoice that a credit note takes back."""
    cancelled_at: datetime | UnsetType | None = UNSET
    """When staff said that it was issued in error; left out otherwise."""
    pdf_sha256: Sha256 | UnsetType | None = UNSET
    """Left out for the moment in which its files are being written."""
    xml_sha256: Sha256 | UnsetType | None = UNSET
    """Left out where there is no XML: in currencies of three decimals."""


class InvoicePage(Struct):
    items: list[InvoiceView]
    next_cursor: str | None


class InvoiceList(Struct):
    items: list[InvoiceView]


class InvoicesWanted(Struct, frozen=True, kw_only=True):
    """Which invoices, from where on."""

    limit: int = 24
    cursor: str | None = None
    kind: InvoiceKind | None = None
    number: str | None = None
    order_id: UUID | None = None


class CancellationDraft(Struct, forbid_unknown_fields=True):
    """Why an invoice should not have been issued."""

    reason: Annotated[Label, Meta(examples=["The order was placed as a test."])]


class IssuedInvoice(Struct):
    """The invoice of an order, and whether it was there before."""

    invoice: InvoiceView
    again: bool = False


class InvoiceTold(InvoiceView, kw_only=True):
    """What events tell of an invoice."""

    email: Email
    """Who gets it."""
    locale: Locale
