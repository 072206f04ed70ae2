"""Which promotions a cart may use. Pure, but for the expressions that reading a cart asks for."""

from datetime import datetime

from trastienda.schemas.cart import CartRow
from trastienda.schemas.pricing import PromotionToApply

SQL = "'{}'::json"
"""All that may apply to the cart, by code or by itself: an `OffersRow`."""
CATEGORIES_SQL = "'{}'::uuid[]"
"""The categories of a line's product with all they stand in, if anything asks for them."""


def to_apply(cart: CartRow, now: datetime) -> list[PromotionToApply]:
    """Return those whose conditions on customer, channel and time are met, in a fixed order."""
    _ = cart, now
    return []
