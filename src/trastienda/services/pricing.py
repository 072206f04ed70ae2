"""What a cart costs. Pure: no session, no clock, no float."""

from collections.abc import Sequence
from decimal import Decimal

from trastienda.schemas.pricing import LineToPrice, Priced, PricedLine, Totals

_SCALE = 10_000  # a rate is kept to four decimals of a per cent


def tax_within(amount: int, rate: Decimal) -> int:
    """Say how much of `amount`, tax included, is tax at `rate` per cent; half up."""
    scaled = int(rate * _SCALE)
    whole = 100 * _SCALE + scaled
    return (2 * amount * scaled + whole) // (2 * whole)


def price(lines: Sequence[LineToPrice], shipping: int, rate: Decimal) -> Priced:
    """Price lines and shipping whose prices include tax at `rate` per cent.

    Tax is rounded half up for each line and for shipping. `total = Σ line totals + shipping`.
    """
    priced = [_line(line, rate) for line in lines]
    subtotal = sum(line.subtotal for line in priced)
    tax = sum(line.tax for line in priced) + tax_within(shipping, rate)
    totals = Totals(
        subtotal=subtotal,
        discount=0,
        shipping=shipping,
        tax=tax,
        tax_included=tax,
        tax_added=0,
        total=subtotal + shipping,
    )
    return Priced(priced, totals)


def _line(line: LineToPrice, rate: Decimal) -> PricedLine:
    subtotal = line.unit_price * line.quantity
    return PricedLine(subtotal=subtotal, discount=0, tax=tax_within(subtotal, rate), total=subtotal)
