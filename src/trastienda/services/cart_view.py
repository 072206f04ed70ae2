"""How a cart is shown: what was read, priced, with what stands in the way."""

from trastienda.database.models.text import Locale
from trastienda.schemas.cart import CartLineRow, CartRow, CartView, ShippingOptionView
from trastienda.schemas.line import LineView
from trastienda.schemas.pricing import LineToPrice, Priced, PricedLine, ShippingToPrice
from trastienda.services.obstacles import obstacles
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import rate


def priced(cart: CartRow) -> Priced:
    """Price a cart as it stands; a line that is not for sale any more costs nothing."""
    flat = rate(cart.tax_rate)
    lines = [LineToPrice(line.unit_price or 0, line.quantity, flat) for line in cart.lines]
    shipping = ShippingToPrice(cart.shipping.price or 0, flat) if cart.shipping else None
    return price(lines, shipping)


def view(cart: CartRow, locale: Locale) -> CartView:
    sums = priced(cart)
    return CartView(
        id=cart.id,
        version=cart.version,
        currency=cart.currency,
        email=cart.email,
        lines=[line_view(line, sum_) for line, sum_ in zip(cart.lines, sums.lines, strict=True)],
        coupons=[],
        shipping_address=cart.shipping_address,
        billing_address=cart.billing_address,
        shipping_option=shipping_option(cart),
        totals=sums.totals,
        problems=obstacles(cart, locale),
    )


def shipping_option(cart: CartRow) -> ShippingOptionView | None:
    if cart.shipping is None:
        return None
    chosen = cart.shipping
    return ShippingOptionView(id=chosen.id, name=chosen.name, price=chosen.price or 0)


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
        unit_price=line.unit_price or 0,
        subtotal=sums.subtotal,
        discount=sums.discount,
        tax=sums.tax,
        total=sums.total,
    )
