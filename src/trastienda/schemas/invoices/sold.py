"""What an invoice is drawn up from, as plain values: a sale, and what of it is given back."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.address import Address


class SoldLine(Struct, frozen=True, kw_only=True):
    """A line of an order. `total - tax` is what it costs without tax."""

    id: UUID
    name: str
    sku: str
    options: dict[str, str]
    quantity: int
    subtotal: int
    discount: int
    tax: int
    total: int
    rate: int
    """In the units of `services/pricing/rounding.py`."""
    included: bool
    """Whether subtotal and discount include the tax."""
    gift_card: bool = False


class SoldShipping(Struct, frozen=True, kw_only=True):
    """What shipping costs at one rate, with its tax."""

    name: str
    rate: int
    total: int
    tax: int


class Sale(Struct, frozen=True, kw_only=True):
    """An order, as far as its invoice speaks of it."""

    number: str
    ordered_on: date
    currency: str
    locale: Locale
    billing_address: Address
    shipping_address: Address
    vat_number: str | None
    lines: list[SoldLine]
    shipping: list[SoldShipping]
    paid: int | None
    """What was paid of it, in minor units; None: all of it."""
    due_on: date | None
    supplied_on: date | None


class CreditedLine(Struct, frozen=True, kw_only=True):
    """What is given back of a line of the order."""

    line_id: UUID
    quantity: int
    total: int
    """Tax included."""
    tax: int


class CreditedShare(Struct, frozen=True, kw_only=True):
    """What is given back at one rate, of shipping or of the whole."""

    rate: str
    """Per cent, as the invoice says it."""
    total: int
    """Tax included."""
    tax: int


class CreditDraft(Struct, frozen=True, kw_only=True):
    """What is given back of an order that has an invoice."""

    order_id: UUID
    source_id: UUID
    """Of the refund, say: the same again has the same credit note."""
    lines: list[CreditedLine] = []
    shipping: list[CreditedShare] = []
    other: list[CreditedShare] = []
    """What is given back of no line in particular."""
    reason: str
    vouchers: bool = False
    """Whether it is of the gift cards of the order, which have a document of their own."""
