"""Shipping options as staff write and read them. Prices are in minor units, by currency."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.catalogue.product_draft import Slug
from trastienda.schemas.shared.address import Address, Country
from trastienda.schemas.shared.money import Amount, Currency
from trastienda.schemas.shared.naming import Label, Position

ShippingName = Annotated[Label, Meta(examples=["Home delivery"])]
ShippingPrices = Annotated[
    dict[Currency, Amount], Meta(min_length=1, max_length=200, examples=[{"EUR": 500}])
]
ShippingCountries = Annotated[
    list[Country],
    Meta(max_length=300, description="If empty, all the shop ships to.", examples=[["ES", "PT"]]),
]
Active = Annotated[bool, Meta(description="Whether buyers may choose it.", examples=[True])]
_IN_SPANISH = Meta(examples=[{"es": "Envío a domicilio"}])

Threshold = Annotated[
    int,
    Meta(ge=0, le=LARGEST_AMOUNT, description="Grams, or minor units; inclusive.", examples=[2000]),
]
ShippingTariff = Annotated[
    Tariff, Meta(description="What the price depends on.", examples=["weight"])
]

CourierService = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="The courier's service to request; required for `courier`, only.",
        examples=["express"],
    ),
]


class Tier(Struct, forbid_unknown_fields=True, rename={"start": "from"}):
    """The price from a threshold up to the next tier."""

    start: Threshold
    price: Amount


_ONE_CURRENCY = Annotated[list[Tier], Meta(min_length=1, max_length=100)]
ShippingTiers = Annotated[
    dict[Currency, _ONE_CURRENCY],
    Meta(
        max_length=200,
        description="Required for `weight` and `subtotal`, only.",
        examples=[{"EUR": [{"from": 0, "price": 490}, {"from": 2000, "price": 790}]}],
    ),
]
Additional = Annotated[
    dict[Currency, Amount],
    Meta(
        max_length=200,
        description="For each unit after the first; for `first_additional` only.",
        examples=[{"EUR": 100}],
    ),
]
FreeFrom = Annotated[
    dict[Currency, Amount],
    Meta(
        max_length=200,
        description="Free from this subtotal before discounts on, inclusive.",
        examples=[{"EUR": 5000}],
    ),
]
ZoneIds = Annotated[
    list[UUID],
    Meta(max_length=200, description="Only addresses in these zones; if empty, all addresses."),
]
ExcludedCategories = Annotated[
    list[Slug],
    Meta(
        max_length=200,
        description="Not for products in these categories or their subcategories.",
        examples=[["furniture"]],
    ),
]
Grams = Annotated[int, Meta(ge=0, le=LARGEST_AMOUNT, description="Inclusive.", examples=[30_000])]
Longest = Annotated[
    int,
    Meta(ge=1, le=100_000, description="Millimetres: any unit's longest side.", examples=[1200]),
]
WorkingDays = Annotated[int, Meta(ge=0, le=365, description="Until delivery.", examples=[3])]
PickupAddress = Annotated[
    Address,
    Meta(
        description="The pick-up point; without one, orders are delivered.",
        examples=[
            {"name": "Our shop", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
        ],
    ),
]


class ShippingRules(Struct, kw_only=True):
    """The price of a shipping option and its limits; by default, a flat price without limits."""

    tariff: ShippingTariff = Tariff.FLAT
    courier: CourierService | None = None
    tiers: ShippingTiers = {}
    additional: Additional = {}
    free_from: FreeFrom = {}
    zones: ZoneIds = []
    min_weight: Grams = 0
    max_weight: Grams | None = None
    max_length: Longest | None = None
    excluded_categories: ExcludedCategories = []
    min_days: WorkingDays | None = None
    max_days: WorkingDays | None = None
    pickup_address: PickupAddress | None = None


class ShippingOptionDraft(ShippingRules, forbid_unknown_fields=True, kw_only=True):
    """Carts in a currency without a price cannot choose the option."""

    name: ShippingName
    prices: ShippingPrices
    translations: Annotated[dict[Locale, ShippingName], _IN_SPANISH] = {}
    """Its name in other languages; `name` is used for the rest."""
    countries: ShippingCountries = []
    position: Position = 0
    active: Active = True


class ShippingOptionPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; lists and objects are replaced as a whole.

    A change of `tariff` removes the tiers, additional prices and courier of the old one.
    """

    name: ShippingName | UnsetType = UNSET
    prices: ShippingPrices | UnsetType = UNSET
    translations: Annotated[dict[Locale, ShippingName | None], _IN_SPANISH] | UnsetType = UNSET
    """Null removes a translation."""
    countries: ShippingCountries | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    active: Active | UnsetType = UNSET
    tariff: ShippingTariff | UnsetType = UNSET
    courier: CourierService | UnsetType | None = UNSET
    tiers: ShippingTiers | UnsetType = UNSET
    additional: Additional | UnsetType = UNSET
    free_from: FreeFrom | UnsetType = UNSET
    zones: ZoneIds | UnsetType = UNSET
    min_weight: Grams | UnsetType = UNSET
    max_weight: Grams | UnsetType | None = UNSET
    max_length: Longest | UnsetType | None = UNSET
    excluded_categories: ExcludedCategories | UnsetType = UNSET
    min_days: WorkingDays | UnsetType | None = UNSET
    max_days: WorkingDays | UnsetType | None = UNSET
    pickup_address: PickupAddress | UnsetType | None = UNSET


class StaffShippingOptionView(ShippingRules, kw_only=True):
    """A shipping option as staff see it, in every language and currency."""

    id: UUID
    names: Annotated[
        dict[Locale, str], Meta(examples=[{"en": "Home delivery", "es": "Envío a domicilio"}])
    ]
    prices: Annotated[dict[Currency, Amount], Meta(examples=[{"EUR": 500}])]
    countries: ShippingCountries
    position: Position
    active: Active
    version: int


class StaffShippingOptions(Struct):
    items: list[StaffShippingOptionView]
    next_cursor: None = None
