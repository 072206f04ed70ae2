"""Draft orders: put together by staff, sent, and turned into orders."""

from trastienda.controllers.draft_orders.expire import find_due, settle_due
from trastienda.controllers.draft_orders.order import accept, complete
from trastienda.controllers.draft_orders.send import send
from trastienda.controllers.draft_orders.show import show, show_to_buyer
from trastienda.controllers.draft_orders.write import change, create, remove

__all__ = [
    "accept",
    "change",
    "complete",
    "create",
    "find_due",
    "remove",
    "send",
    "settle_due",
    "show",
    "show_to_buyer",
]
