"""What the taxes of a cart depend on, and the decision about them."""

from decimal import Decimal

from msgspec import Struct

from trastienda.database.models.channels.channel import (
    CrossBorder,
    ShippingTax,
    TaxOutside,
    TaxSource,
)
from trastienda.schemas.outside.outside import TaxAnswer


class RateRow(Struct, frozen=True):
    """A tax rate in force; rows are in the order in which compound taxes build on each other."""

    tax_class: str
    percent: Decimal
    compound: bool


class TaxRow(Struct, frozen=True, kw_only=True):
    """The channel's tax settings, and the rates at home and at the cart's destination.

    Rates are None if no zone has any, and empty if none of the zone's rates is in force.
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
    """All tax classes, if an outside service provides the rates."""
    quote: TaxAnswer | None = None
    """Its answer for the cart's destination; None if there is none, or only an expired one."""
    home: list[RateRow] | None = None
    there: list[RateRow] | None = None


class Taxation(Struct, frozen=True, kw_only=True):
    """How a cart is taxed. Rates are scaled as by `rounding.rate`; amounts are in minor units."""

    rates: list[int]
    """One for each line."""
    unit_prices: list[int]
    """The price of a unit of each line; another country's rate may change prices with tax."""
    shipping_rate: int
    shipping_price: int
    """The price of shipping, which another country's rate may change, too."""
    shipping_home_rate: int | None = None
    """The home rate that was taken out of it, if shipping has a rate of its own."""
    included: bool
    home_rates: list[int | None]
    """The home rate that was taken out of each line's unit price; None if none was."""
    shares_shipping: bool = False
    """Whether shipping is taxed at the lines' rates, in proportion to them."""
    unavailable: bool = False
    """Whether an outside service failed to provide the rates; the cart cannot be ordered."""
    undecided: bool = False
    """Whether a zone has no rate for something in the cart; the cart cannot be ordered."""
