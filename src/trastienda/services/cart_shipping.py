"""What shipping costs a cart. Pure, but for the expression that reading a cart asks for."""

from trastienda.schemas.cart import CartRow

SQL = """
    CASE WHEN shipping_options.id IS NOT NULL THEN json_build_object(
        'id', shipping_options.id, 'name', shipping_options.names ->> %(locale)s,
        'price', CASE WHEN shipping_options.active THEN shipping_prices.amount END,
        'countries', shipping_options.countries) END
"""
"""The chosen way of shipping: a `ShippingRow`, or null."""


def price(cart: CartRow) -> int | None:
    """Return minor units, or None when the chosen way cannot be had for this cart, or none is."""
    return cart.shipping.price if cart.shipping else None
