"""What the price of a shipping option depends on: the option, read with a cart, and the parcel."""

from uuid import UUID

from msgspec import Struct

from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.outside.outside import CourierAnswer
from trastienda.schemas.shared.address import Address


class TierRow(Struct, frozen=True, rename={"start": "from"}):
    start: int
    price: int


class ShippingRow(Struct, frozen=True, kw_only=True):
    """A shipping option for one cart; without a price it is not available."""

    id: UUID
    name: str
    price: int | None
    countries: list[str]
    tariff: Tariff
    tiers: list[TierRow] | None
    """In the cart's currency, lowest first."""
    additional: int | None
    free_from: int | None
    min_weight: int
    max_weight: int | None
    max_length: int | None
    in_zone: bool
    """Whether one of its zones contains the address; also true without zones or address."""
    excluded_category_ids: list[UUID]
    category_ids: list[UUID] | None
    """The categories of the cart's products, with parents; None if it excludes nothing."""
    min_days: int | None
    max_days: int | None
    pickup_address: Address | None
    courier: str | None = None
    """The courier's service to request."""
    quote: CourierAnswer | None = None
    """The courier's answer; None if it was not asked or did not answer."""


class Parcel(Struct, frozen=True, kw_only=True):
    """Everything a tariff may depend on."""

    grams: int
    subtotal: int
    """Minor units, before discounts."""
    units: int
    longest: int
    """Millimetres: the longest side of any unit."""
    category_ids: frozenset[UUID] = frozenset()
