"""The price of a cart. Pure: no session, no clock, no float. The rules are in docs/pricing.md."""

from collections.abc import Sequence

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.pricing.pricing import (
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
    """Price lines and shipping, in minor units: discounts first, then tax on the rest.

    `total = Σ line totals + shipping + added shipping tax`, and no amount is negative.
    """
    freight = shipping or _NO_SHIPPING
    subtotals = [line.unit_price * line.quantity for line in lines]
    left, freight_left, taken = discounted(lines, subtotals, freight.price, promotions)
    line_taxes, taxed_shipping = taxes(lines, left, (freight, freight_left), rounding)
    shipping_tax = sum(part.tax for part in taxed_shipping)
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
    shipping_discount = freight.price - freight_left
    return Priced(priced, totals, shipping_discount, shipping_tax, taxed_shipping, taken)
