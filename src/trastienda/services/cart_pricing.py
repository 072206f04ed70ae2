"""What a cart costs: everything that decides it, and the one function that computes it."""

from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_taxes import Taxation
from trastienda.schemas.price_source import PriceSource
from trastienda.schemas.pricing import LineToPrice, Priced, PricingBasis, ShippingToPrice
from trastienda.services import (
    cart_promotions,
    cart_shipping,
    cart_taxes,
    shipping_explanations,
)
from trastienda.services.pricing import price


class Costs(NamedTuple):
    """What was computed, and from what."""

    taxed: Taxation
    listed: int | None
    """The price of shipping before taxes are looked at; None when it cannot be had."""
    basis: PricingBasis
    priced: Priced


def costs(cart: CartRow, now: datetime) -> Costs:
    """Price a cart as it stands; a line that is not for sale any more costs nothing."""
    listed = cart_shipping.price(cart)
    taxed = cart_taxes.decide(cart, listed)
    what = _basis(cart, taxed, listed, now)
    priced = price(what.lines, what.shipping, what.promotions, what.rounding)
    return Costs(taxed, listed, what, priced)


def _basis(cart: CartRow, taxed: Taxation, listed: int | None, now: datetime) -> PricingBasis:
    """Say all that the totals depend on. A line's `ref` is its place."""
    included = taxed.included
    rows = zip(cart.lines, taxed.unit_prices, taxed.rates, strict=True)
    lines = [
        LineToPrice(unit_price, line.quantity, rate, included, ref=str(place))
        for place, (line, unit_price, rate) in enumerate(rows)
    ]
    shipping = None
    if cart.shipping:
        shipping = ShippingToPrice(
            taxed.shipping_price, taxed.shipping_rate, included, taxed.shares_shipping
        )
    return PricingBasis(
        lines=lines,
        sources=[
            _source(line.price, home)
            for line, home in zip(cart.lines, taxed.home_rates, strict=True)
        ],
        shipping=shipping,
        shipping_source=None
        if cart.shipping is None or listed is None
        else shipping_explanations.source(
            cart.shipping,
            cart_shipping.parcel(cart, cart.shipping),
            listed,
            taxed.shipping_home_rate,
        ),
        promotions=cart_promotions.to_apply(cart, now),
        rounding=cart.rounding,
    )


def _source(price: int | PriceSource | None, home_rate: int | None) -> PriceSource | None:
    if isinstance(price, int):
        return PriceSource(amount=price, own=price, home_rate=home_rate)
    if price is None or home_rate is None:
        return price
    return structs.replace(price, home_rate=home_rate)
