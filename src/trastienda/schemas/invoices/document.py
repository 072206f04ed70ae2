"""What an invoice says, frozen when it is issued: its PDF and its XML are made from this alone.

Amounts are in the currency's minor unit. The names in brackets are those of EN 16931.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.address import Address


class TaxCategory(StrEnum):
    """How something is taxed, by the codes of UNTDID 5305."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    INTRA_COMMUNITY = "K"
    """Goods for a business in another country of the EU, which accounts for the tax there."""
    EXPORT = "G"
    OUTSIDE = "O"
    """Not subject to tax. Nothing else is on the same document (EN 16931, BR-O-11 to BR-O-14)."""


class Party(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The seller or the buyer."""

    name: str
    address: Address
    vat_number: str | None = None
    tax_number: str | None = None
    """The number that its country knows it by, such as a NIF."""
    registration: str | None = None
    """Where it stands in the commercial register."""
    iban: str | None = None


class DocumentLine(Struct, frozen=True, kw_only=True):
    """Goods. `net = subtotal - discount`, all without tax."""

    name: str
    sku: str
    detail: str
    """What was chosen of it, such as a colour."""
    quantity: int
    unit_price: str
    """Without tax, as a decimal: times the quantity, and rounded, it is the subtotal."""
    subtotal: int
    discount: int
    net: int
    tax: int
    category: TaxCategory
    rate: str


class DocumentCharge(Struct, frozen=True, kw_only=True):
    """Shipping: what is charged beside the goods."""

    name: str
    net: int
    tax: int
    category: TaxCategory
    rate: str


class TaxShare(Struct, frozen=True, kw_only=True):
    """What is taxed at one rate [BG-23]."""

    category: TaxCategory
    rate: str
    base: int
    tax: int


class Sums(Struct, frozen=True, kw_only=True):
    """They add up: `lines + charges = net`, `net + tax = total`, `total - paid = due`."""

    lines: int
    charges: int
    net: int
    tax: int
    total: int
    paid: int
    due: int


class TaxInCurrency(Struct, frozen=True, kw_only=True):
    """The tax in the currency that the seller pays taxes in [BT-6, BT-111]."""

    currency: str
    tax: int
    rate: str
    """Whole units of it for one of the document's currency, as a decimal."""
    published_on: date
    source: str


class Corrected(Struct, frozen=True, kw_only=True):
    """The invoice that a credit note takes back."""

    number: str
    issued_on: date


class Document(Struct, frozen=True, kw_only=True):
    """An invoice or a credit note."""

    kind: InvoiceKind
    number: str
    issued_at: datetime
    issued_on: date
    locale: Locale
    currency: str
    seller: Party
    buyer: Party
    delivered_to: Address
    order_number: str
    ordered_on: date
    lines: list[DocumentLine]
    charges: list[DocumentCharge]
    taxes: list[TaxShare]
    sums: Sums
    supplied_on: date | None = None
    """None while it is not known."""
    due_on: date | None = None
    corrects: Corrected | None = None
    reason: str | None = None
    """Why a credit note is written."""
    tax_in: TaxInCurrency | None = None
    """None: the document is in that currency, has no tax, or the seller did not name one."""
    qr: str | None = None
    """What VERI*FACTU's square says: an address of the Spanish tax agency."""
