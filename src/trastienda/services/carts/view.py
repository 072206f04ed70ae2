"""The view of a cart, made from its assessment."""

from msgspec import UNSET

from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartLineRow, CartView, ShippingOptionView
from trastienda.schemas.pricing.pricing import PricedLine
from trastienda.schemas.shared.line import LineView
from trastienda.services.shipping import of_carts as cart_shipping


def view(assessed: Assessment) -> CartView:
    """Return a cart as buyers see it, with amounts in minor units."""
    cart, sums = assessed.cart, assessed.priced
    return CartView(
        id=cart.id,
        version=cart.version,
        currency=cart.currency,
        email=cart.email,
        lines=[line_view(line, sum_) for line, sum_ in zip(cart.lines, sums.lines, strict=True)],
        coupons=[coupon.code for coupon in cart.offers.coupons],
        shipping_address=cart.shipping_address,
        billing_address=cart.billing_address,
        vat_number=cart.vat_number or UNSET,
        vat_check=cart.vat_check or UNSET,
        shipping_option=shipping_option(assessed),
        totals=sums.totals,
        problems=assessed.problems,
    )


def shipping_option(assessed: Assessment) -> ShippingOptionView | None:
    """Return the chosen shipping option with its price before discounts; None without one."""
    option, shipping = assessed.cart.shipping, assessed.basis.shipping
    if option is None or shipping is None:
        return None
    return cart_shipping.view(option, shipping.price)


def line_view(line: CartLineRow, sums: PricedLine) -> LineView:
    """Return a line as buyers see it, with amounts in minor units."""
    return LineView(
        id=line.id,
        sku=line.sku,
        name=line.name,
        slug=line.slug,
        variant_id=line.variant_id,
        options=line.options,
        thumbnail=line.thumbnail,
        quantity=line.quantity,
        unit_price=sums.subtotal // line.quantity,
        subtotal=sums.subtotal,
        discount=sums.discount,
        tax=sums.tax,
        total=sums.total,
    )
