"""What decides how a cart is taxed, and the decision."""

from decimal import Decimal

from msgspec import Struct


class TaxRow(Struct, frozen=True):
    """The channel's settings, and the rates where the cart goes."""

    flat: Decimal
    included: bool


class Taxation(Struct, frozen=True, kw_only=True):
    """Rates are those of `services.pricing.rounding.rate`; amounts are in minor units."""

    rates: list[int]
    """One for each line."""
    unit_prices: list[int]
    """What a unit of each line costs: another country's rate can change what includes tax."""
    shipping_rate: int
    included: bool
    shares_shipping: bool = False
    """Whether shipping is taxed at the lines' rates, shared out over them."""
