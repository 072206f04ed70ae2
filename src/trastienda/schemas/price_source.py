"""Where a unit price comes from: from the price that a variant has to what a buyer pays."""

from msgspec import Struct

from trastienda.database.models.promotion import PromotionKind


class Conversion(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The price in another currency, and the exchange rate."""

    base_currency: str
    base_price: int
    rate: str
    scale: int
    """How many decimals more the minor unit has than that of the base currency."""
    ending: str | None = None


class Listing(Struct, frozen=True, gc=False, kw_only=True):
    """The price list that decides."""

    name: str
    price: int
    min_quantity: int


class Sale(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The sale that lowers the price: by a percentage or an amount, or to an amount."""

    name: str
    kind: PromotionKind
    percent: str | None = None
    amount: int | None = None


class PriceSource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """In the order in which they act; what is None does not."""

    amount: int
    """What comes out, before another country's tax."""
    own: int
    """What the variant costs without the rest."""
    conversion: Conversion | None = None
    """What made `own`, unless staff wrote it."""
    listing: Listing | None = None
    sale: Sale | None = None
    home_rate: int | None = None
    """The tax that was taken out, to put in the one of the line."""


class ShippingSource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the price of shipping was computed from."""

    name: str
    """Of the way of shipping."""
    rule: str
    facts: dict[str, int]
    amount: int
    """What comes out, before another country's tax."""
    home_rate: int | None = None
    """The tax that was taken out, unless shipping is taxed at the lines' rates."""
