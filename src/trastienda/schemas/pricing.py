"""What the pricing function reads and writes. Amounts are in the currency's minor unit."""

from msgspec import Struct


class LineToPrice(Struct, frozen=True, gc=False):
    unit_price: int
    quantity: int


class PricedLine(Struct, frozen=True, gc=False):
    subtotal: int
    discount: int
    tax: int
    total: int


class Totals(Struct, frozen=True, gc=False):
    """They add up: `total = subtotal - discount + shipping + tax_added`."""

    subtotal: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    tax_added: int
    total: int


class Priced(Struct, frozen=True):
    lines: list[PricedLine]
    totals: Totals
