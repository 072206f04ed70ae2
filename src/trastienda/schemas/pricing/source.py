"""The source of a unit price: from the variant's own price to what a buyer pays."""

from msgspec import Struct

from trastienda.database.models.promotions.promotion import PromotionKind


class Conversion(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The price in the base currency and the exchange rate."""

    base_currency: str
    base_price: int
    rate: str
    scale: int
    """How many more decimals the minor unit has than that of the base currency."""
    ending: str | None = None


class Listing(Struct, frozen=True, gc=False, kw_only=True):
    """The price list that applies."""

    name: str
    price: int
    min_quantity: int


class Sale(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The sale that reduces the price: by a percentage or an amount, or to an amount."""

    name: str
    kind: PromotionKind
    percent: str | None = None
    amount: int | None = None


class PriceSource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parts of a unit price in the order in which they apply; None does not apply."""

    amount: int
    """The resulting price, before another country's tax."""
    own: int
    """The variant's own or converted price."""
    conversion: Conversion | None = None
    """The conversion that made `own`, unless staff set it."""
    listing: Listing | None = None
    sale: Sale | None = None
    home_rate: int | None = None
    """The home country's tax rate that was taken out of the price to add that of the line."""


class ShippingSource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The source of the price of shipping."""

    name: str
    """The name of the shipping option."""
    rule: str
    facts: dict[str, int]
    amount: int
    """The resulting price, before another country's tax."""
    home_rate: int | None = None
    """The home country's tax rate that was taken out, unless taxed at the lines' rates."""
