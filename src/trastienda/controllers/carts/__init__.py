"""What a buyer does with a cart. Every one of these answers with the whole cart."""

from trastienda.controllers.carts.choose_shipping import choose_shipping
from trastienda.controllers.carts.coupons import add_coupon, drop_coupon
from trastienda.controllers.carts.lines import add_line, change_line
from trastienda.controllers.carts.open import open_
from trastienda.controllers.carts.remind import forget, remind, restore, tell_abandoned
from trastienda.controllers.carts.set_contact import set_contact

__all__ = [
    "add_coupon",
    "add_line",
    "change_line",
    "choose_shipping",
    "drop_coupon",
    "forget",
    "open_",
    "remind",
    "restore",
    "set_contact",
    "tell_abandoned",
]
