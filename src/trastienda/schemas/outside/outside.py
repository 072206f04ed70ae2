"""Questions to external services and their possible answers: the protocol in docs/."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.schemas.shared.percent import Percent

Days = Annotated[int, Meta(ge=0, le=365)]
MinorUnits = Annotated[int, Meta(ge=0, le=LARGEST_AMOUNT)]
Reference = Annotated[str, Meta(max_length=200)]


class Destination(Struct, frozen=True, kw_only=True):
    """The destination of goods, without anything about the person."""

    country: str
    region: str | None
    postal_code: str | None


class TaxQuestion(Struct, frozen=True, kw_only=True):
    """Asks for the tax rates of a destination: for each tax class of the shop, and for shipping."""

    channel: UUID
    currency: str
    destination: Destination
    tax_classes: list[str]


class TaxAnswer(Struct, frozen=True, kw_only=True):
    rates: Annotated[dict[str, Percent], Meta(max_length=1_000)]
    """By tax class, for every class of the question."""
    shipping: Percent


class CourierQuestion(Struct, frozen=True, kw_only=True):
    """Asks for the price of sending this parcel to a destination."""

    service: str
    destination: Destination
    currency: str
    grams: int
    subtotal: int
    units: int


class CourierAnswer(Struct, frozen=True, kw_only=True):
    price: MinorUnits | None
    """Null if the courier does not take this parcel there."""
    min_days: Days | None = None
    max_days: Days | None = None


class VatQuestion(Struct, frozen=True, kw_only=True):
    """Asks whether a VAT number is valid."""

    vat_number: str


class VatAnswer(Struct, frozen=True, kw_only=True):
    valid: bool
    reference: Reference | None = None
    """The register's name for this consultation, as evidence for an audit."""


Question = TaxQuestion | CourierQuestion | VatQuestion
Answer = TaxAnswer | CourierAnswer | VatAnswer


class Quote(Struct, frozen=True):
    """An answer, and when it was given."""

    answer: Answer
    quoted_at: datetime


class VatCheck(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the register knew the number when it was checked."""

    checked: bool
    """False if the register could not be reached, and the number is accepted by its form."""
    at: datetime
    reference: Reference | None = None
    """The register's name for the consultation."""
