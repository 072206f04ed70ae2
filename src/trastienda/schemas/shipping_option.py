"""What staff write about a way of shipping, and what they read back."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.text import Locale
from trastienda.schemas.address import Country
from trastienda.schemas.money import Amount, Currency
from trastienda.schemas.naming import Label, Position

ShippingName = Annotated[Label, Meta(examples=["Home delivery"])]
ShippingPrices = Annotated[
    dict[Currency, Amount], Meta(min_length=1, max_length=200, examples=[{"EUR": 500}])
]
ShippingCountries = Annotated[
    list[Country],
    Meta(max_length=300, description="None: wherever the shop ships.", examples=[["ES", "PT"]]),
]
Active = Annotated[bool, Meta(description="Whether buyers may choose it.", examples=[True])]
_IN_SPANISH = Meta(examples=[{"es": "Envío a domicilio"}])


class ShippingOptionDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """A cart in a currency without a price cannot choose it."""

    name: ShippingName
    prices: ShippingPrices
    translations: Annotated[dict[Locale, ShippingName], _IN_SPANISH] = {}
    """Its name in other languages; where there is none, `name` stands for it."""
    countries: ShippingCountries = []
    position: Position = 0
    active: Active = True


class ShippingOptionPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; `prices` and `countries` are replaced whole."""

    name: ShippingName | UnsetType = UNSET
    prices: ShippingPrices | UnsetType = UNSET
    translations: Annotated[dict[Locale, ShippingName | None], _IN_SPANISH] | UnsetType = UNSET
    """Null drops one."""
    countries: ShippingCountries | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    active: Active | UnsetType = UNSET


class StaffShippingOptionView(Struct, kw_only=True):
    """A way of shipping as staff see it: every language and currency."""

    id: UUID
    names: Annotated[
        dict[Locale, str], Meta(examples=[{"en": "Home delivery", "es": "Envío a domicilio"}])
    ]
    prices: ShippingPrices
    countries: ShippingCountries
    position: Position
    active: Active
    version: int


class StaffShippingOptions(Struct):
    items: list[StaffShippingOptionView]
    next_cursor: None = None
