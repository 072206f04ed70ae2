"""The assessment of a cart: its prices, promotions, taxes and problems. Pure."""

from collections.abc import Sequence

from msgspec import structs

from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    PricingBasis,
    PromotionToApply,
    ShippingToPrice,
)
from trastienda.schemas.pricing.source import PriceSource, ShippingSource
from trastienda.schemas.shared.context import Context
from trastienda.schemas.taxes.of_carts import Taxation
from trastienda.services.carts import coupon_problems
from trastienda.services.carts.problems import problems
from trastienda.services.pricing import price
from trastienda.services.promotions import of_carts as cart_promotions
from trastienda.services.shipping import explanations as shipping_explanations
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes


def assess(cart: CartRow, context: Context, granted: Sequence[PromotionToApply] = ()) -> Assessment:
    """Assess a cart as of the request's time, with problems in the request's language.

    A line that is no longer for sale costs nothing. `granted` are discounts of staff.
    """
    listed = cart_shipping.price(cart)
    taxation = cart_taxes.decide(cart, listed)
    promotions = cart_promotions.assess(cart, context.asked_at)
    rules = [it.rule for it in promotions if it.rule is not None]
    basis = _basis(cart, taxation, listed, [*rules, *granted])
    priced = price(basis.lines, basis.shipping, basis.promotions, basis.rounding)
    return Assessment(
        cart=cart,
        promotions=promotions,
        shipping_price=listed,
        taxation=taxation,
        basis=basis,
        priced=priced,
        problems=[
            *problems(cart, taxation, listed, context.locale),
            *coupon_problems.problems(cart, promotions, priced, context.locale),
        ],
        used=coupon_problems.used(promotions, priced),
    )


def _basis(
    cart: CartRow, taxation: Taxation, listed: int | None, promotions: list[PromotionToApply]
) -> PricingBasis:
    """Return everything the totals depend on. The `ref` of a line is its index."""
    rows = zip(cart.lines, taxation.unit_prices, taxation.rates, strict=True)
    return PricingBasis(
        lines=[
            LineToPrice(
                unit_price,
                line.quantity,
                rate,
                taxation.included,
                ref=str(index),
                voucher=line.gift_card is not None,
            )
            for index, (line, unit_price, rate) in enumerate(rows)
        ],
        sources=[
            _source(line.price, home)
            for line, home in zip(cart.lines, taxation.home_rates, strict=True)
        ],
        shipping=ShippingToPrice(
            taxation.shipping_price,
            taxation.shipping_rate,
            taxation.included,
            taxation.shares_shipping,
        )
        if cart.shipping and cart.ships
        else None,
        shipping_source=_shipping_source(cart, taxation, listed),
        promotions=promotions,
        rounding=cart.rounding,
    )


def _shipping_source(
    cart: CartRow, taxation: Taxation, listed: int | None
) -> ShippingSource | None:
    if cart.shipping is None or listed is None:
        return None
    parcel = cart_shipping.parcel(cart, cart.shipping)
    return shipping_explanations.source(cart.shipping, parcel, listed, taxation.shipping_home_rate)


def _source(price: int | PriceSource | None, home_rate: int | None) -> PriceSource | None:
    if isinstance(price, int):
        return PriceSource(amount=price, own=price, home_rate=home_rate)
    if price is None or home_rate is None:
        return price
    return structs.replace(price, home_rate=home_rate)
