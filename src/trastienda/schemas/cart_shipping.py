"""What decides the price of a way of shipping, as it is read with a cart; and what it is of."""

from uuid import UUID

from msgspec import Struct

from trastienda.database.models.shipping_option import Tariff
from trastienda.schemas.address import Address
from trastienda.schemas.outside import CourierAnswer


class TierRow(Struct, frozen=True, rename={"start": "from"}):
    start: int
    price: int


class ShippingRow(Struct, frozen=True, kw_only=True):
    """A way of shipping for one cart; without a price it cannot be had, whatever is in it."""

    id: UUID
    name: str
    price: int | None
    countries: list[str]
    tariff: Tariff
    tiers: list[TierRow] | None
    """In the cart's currency, the lowest first."""
    additional: int | None
    free_from: int | None
    min_weight: int
    max_weight: int | None
    max_length: int | None
    in_zone: bool
    """Whether the address is in one of its zones; it has none, or nobody knows yet where to."""
    excluded_category_ids: list[UUID]
    category_ids: list[UUID] | None
    """All that the cart's products stand in; None when it excludes nothing."""
    min_days: int | None
    max_days: int | None
    pickup_address: Address | None
    courier: str | None = None
    """The service of the courier to ask for."""
    quote: CourierAnswer | None = None
    """What the courier says; None when it was not asked, or has not said."""


class Parcel(Struct, frozen=True, kw_only=True):
    """All that a tariff may depend on."""

    grams: int
    subtotal: int
    """Minor units, before discounts."""
    units: int
    longest: int
    """Millimetres: the longest side of any unit."""
    category_ids: frozenset[UUID] = frozenset()
