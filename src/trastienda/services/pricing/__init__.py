"""What a cart costs. Pure: no session, no clock, no float. The rules stand in docs/pricing.md."""

from collections.abc import Sequence

from trastienda.database.models.channel import Rounding
from trastienda.schemas.pricing import (
    LineToPrice,
    Priced,
    PricedLine,
    PromotionToApply,
    ShippingToPrice,
    Totals,
)
from trastienda.services.pricing.promotions import discounted
from trastienda.services.pricing.taxes import taxes

__all__ = ["price"]


_NO_SHIPPING = ShippingToPrice(price=0, rate=0)


def price(
    lines: Sequence[LineToPrice],
    shipping: ShippingToPrice | None = None,
    promotions: Sequence[PromotionToApply] = (),
    rounding: Rounding = Rounding.LINE,
) -> Priced:
    """Price lines and shipping: discounts first, then tax on what is left.

    `total = Σ line totals + shipping + added shipping tax`, and nothing is negative.
    """
    freight = shipping or _NO_SHIPPING
    subtotals = [line.unit_price * line.quantity for line in lines]
    left, freight_left, taken = discounted(lines, subtotals, freight.price, promotions)
    line_taxes, shipping_tax = taxes(lines, left, (freight, freight_left), rounding)
    priced: list[PricedLine] = []
    included, added = (shipping_tax, 0) if freight.included else (0, shipping_tax)
    for line, subtotal, rest, tax in zip(lines, subtotals, left, line_taxes, strict=True):
        if line.included:
            included += tax
            priced.append(PricedLine(subtotal, subtotal - rest, tax, rest))
        else:
            added += tax
            priced.append(PricedLine(subtotal, subtotal - rest, tax, rest + tax))
    subtotal, goods = sum(subtotals), sum(left)
    totals = Totals(
        subtotal=subtotal,
        discount=subtotal - goods,
        shipping=freight_left,
        tax=included + added,
        tax_included=included,
        tax_added=added,
        total=goods + freight_left + added,
    )
    return Priced(priced, totals, freight.price - freight_left, shipping_tax, taken)
