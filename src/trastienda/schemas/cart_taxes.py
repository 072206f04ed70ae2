"""What decides how a cart is taxed, and the decision."""

from decimal import Decimal

from msgspec import Struct

from trastienda.database.models.channel import CrossBorder, ShippingTax, TaxOutside, TaxSource
from trastienda.schemas.outside import TaxAnswer


class RateRow(Struct, frozen=True):
    """A rate in force, in the order in which compound ones build on each other."""

    tax_class: str
    percent: Decimal
    compound: bool


class TaxRow(Struct, frozen=True, kw_only=True):
    """The channel's settings, and the rates at home and where the cart goes.

    Rates are None where no zone has any, and empty where none of the zone's is in force.
    """

    flat: Decimal
    included: bool
    source: TaxSource = TaxSource.FLAT
    exempts: bool = False
    country: str | None = None
    outside: TaxOutside = TaxOutside.FLAT
    cross_border: CrossBorder = CrossBorder.SAME_GROSS
    shipping: ShippingTax = ShippingTax.CLASS
    shipping_class: str = "standard"
    classes: list[str] | None = None
    """All there are, when a service outside says the rates."""
    quote: TaxAnswer | None = None
    """What it says of where the cart goes; None when it has not said, or too long ago."""
    home: list[RateRow] | None = None
    there: list[RateRow] | None = None


class Taxation(Struct, frozen=True, kw_only=True):
    """Rates are those of `services.pricing.rounding.rate`; amounts are in minor units."""

    rates: list[int]
    """One for each line."""
    unit_prices: list[int]
    """What a unit of each line costs: another country's rate can change what includes tax."""
    shipping_rate: int
    shipping_price: int
    """What shipping costs: it crosses borders as goods do."""
    shipping_home_rate: int | None = None
    """The tax at home that was taken out of that, where shipping has a rate of its own."""
    included: bool
    home_rates: list[int | None]
    """Of each line whose unit price had the tax at home taken out; None of the others."""
    shares_shipping: bool = False
    """Whether shipping is taxed at the lines' rates, shared out over them."""
    unavailable: bool = False
    """Whether a service outside says the rates, and did not: it cannot be ordered so."""
    undecided: bool = False
    """Whether a zone knows no rate for something in the cart: it cannot be ordered so."""
