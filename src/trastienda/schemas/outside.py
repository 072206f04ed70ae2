"""What the shop asks services outside, and what they may answer: the protocol of the docs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.schemas.tax import Percent

Days = Annotated[int, Meta(ge=0, le=365)]
MinorUnits = Annotated[int, Meta(ge=0, le=LARGEST_AMOUNT)]
Reference = Annotated[str, Meta(max_length=200)]


class Destination(Struct, frozen=True, kw_only=True):
    """Where goods go, as far as a service needs to know: nothing of the person."""

    country: str
    region: str | None
    postal_code: str | None


class TaxQuestion(Struct, frozen=True, kw_only=True):
    """Ask for the rates there: of each class of goods that the shop has, and of shipping."""

    channel: UUID
    currency: str
    destination: Destination
    tax_classes: list[str]


class TaxAnswer(Struct, frozen=True, kw_only=True):
    rates: Annotated[dict[str, Percent], Meta(max_length=1_000)]
    """By tax class; every class that was asked about."""
    shipping: Percent


class CourierQuestion(Struct, frozen=True, kw_only=True):
    """Ask what it costs to send this parcel there."""

    service: str
    destination: Destination
    currency: str
    grams: int
    subtotal: int
    units: int


class CourierAnswer(Struct, frozen=True, kw_only=True):
    price: MinorUnits | None
    """None: this parcel is not taken there."""
    min_days: Days | None = None
    max_days: Days | None = None


class VatQuestion(Struct, frozen=True, kw_only=True):
    """Ask whether this number is in force."""

    vat_number: str


class VatAnswer(Struct, frozen=True, kw_only=True):
    valid: bool
    reference: Reference | None = None
    """What the register calls this consultation: evidence for an audit."""


Question = TaxQuestion | CourierQuestion | VatQuestion
Answer = TaxAnswer | CourierAnswer | VatAnswer


class Quote(Struct, frozen=True):
    """An answer, and when it was given."""

    answer: Answer
    quoted_at: datetime


class VatCheck(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the register knew the number, asked when it was written down."""

    checked: bool
    """False: the register could not be reached, and the number is accepted by its form."""
    at: datetime
    reference: Reference | None = None
    """What the register calls the consultation."""
