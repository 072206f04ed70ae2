"""What buyers do with carts; most of these return the whole cart."""

from trastienda.controllers.carts.accept_prices import accept_prices
from trastienda.controllers.carts.choose_shipping import choose_shipping
from trastienda.controllers.carts.coupons import add_coupon, remove_coupon
from trastienda.controllers.carts.credit import (
    add_gift_card,
    remove_gift_card,
    use_store_credit,
)
from trastienda.controllers.carts.expire import expire
from trastienda.controllers.carts.lines import add_line, change_line, set_recipient
from trastienda.controllers.carts.merge import merge, recover
from trastienda.controllers.carts.open import open_
from trastienda.controllers.carts.remind import (
    cancel_reminder,
    request_reminder,
    restore,
    tell_abandoned,
)
from trastienda.controllers.carts.set_contact import set_contact

__all__ = [
    "accept_prices",
    "add_coupon",
    "add_gift_card",
    "add_line",
    "cancel_reminder",
    "change_line",
    "choose_shipping",
    "expire",
    "merge",
    "open_",
    "recover",
    "remove_coupon",
    "remove_gift_card",
    "request_reminder",
    "restore",
    "set_contact",
    "set_recipient",
    "tell_abandoned",
    "use_store_credit",
]
