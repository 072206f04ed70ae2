"""How a cart is taxed. Pure, but for the expression that reading a cart asks for."""

from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_taxes import Taxation
from trastienda.services.pricing.rounding import rate

SQL = "json_build_object('flat', channels.tax_rate::text, 'included', channels.prices_include_tax)"
"""What the decision needs: a `TaxRow`."""


def decide(cart: CartRow) -> Taxation:
    """Say the rate of each line and of shipping, and what each unit costs under it."""
    flat = rate(cart.taxation.flat)
    return Taxation(
        rates=[flat for _ in cart.lines],
        unit_prices=[line.unit_price or 0 for line in cart.lines],
        shipping_rate=flat,
        included=cart.taxation.included,
    )
