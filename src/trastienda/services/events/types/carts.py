"""Events about carts."""

from trastienda.schemas.carts.merge import CartExpired, CartMerged
from trastienda.schemas.carts.reminder import CartAbandoned
from trastienda.services.events.types.kinds import kind

CART_ABANDONED = kind(
    "cart.abandoned", "A cart was left by who wants to be reminded of it.", CartAbandoned
)
CART_MERGED = kind("cart.merged", "Two carts of a customer became one.", CartMerged)
CART_EXPIRED = kind(
    "cart.expired", "A cart with an e-mail address was deleted, unchanged for long.", CartExpired
)
