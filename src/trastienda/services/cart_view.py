"""How a cart is shown: what was read, priced, with what stands in the way."""

from msgspec import UNSET

from trastienda.schemas.cart import CartLineRow, CartRow, CartView, ShippingOptionView
from trastienda.schemas.line import LineView
from trastienda.schemas.pricing import PricedLine
from trastienda.schemas.terms import Terms
from trastienda.services import cart_shipping, coupon_problems
from trastienda.services.cart_pricing import Costs, costs
from trastienda.services.obstacles import obstacles


def view(cart: CartRow, terms: Terms) -> CartView:
    cost = costs(cart, terms.asked_at)
    sums = cost.priced
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
        shipping_option=shipping_option(cart, cost),
        totals=sums.totals,
        problems=[
            *obstacles(cart, cost, terms.locale),
            *coupon_problems.found(cart, cost, terms),
        ],
    )


def shipping_option(cart: CartRow, cost: Costs) -> ShippingOptionView | None:
    """Show what was chosen with what it costs before discounts."""
    if cart.shipping is None or cost.basis.shipping is None:
        return None
    return cart_shipping.shown(cart.shipping, cost.basis.shipping.price)


def line_view(line: CartLineRow, sums: PricedLine) -> LineView:
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
