"""From a cart to an order, and what happens to it then."""

from trastienda.controllers.orders.annotate import note, tag
from trastienda.controllers.orders.book import catch_up as catch_up_books
from trastienda.controllers.orders.bulk import Statuses, fulfil_many, tag_many
from trastienda.controllers.orders.capture import capture
from trastienda.controllers.orders.check import check_payments
from trastienda.controllers.orders.decide import cancel, set_payment_due
from trastienda.controllers.orders.expire import expire_unpaid, remind_unpaid
from trastienda.controllers.orders.fulfil import fulfil
from trastienda.controllers.orders.issue_gift_cards import issue_gift_cards
from trastienda.controllers.orders.links import ask_for_link, send_links
from trastienda.controllers.orders.notices import take_notice, work_off_notices
from trastienda.controllers.orders.parcels import (
    cancel_fulfilment,
    change_fulfilment,
    collect,
    deliver,
)
from trastienda.controllers.orders.paying import (
    cancel_payment,
    cancel_payment_of_order,
    pay,
    payment_of,
    payment_of_order,
    request_payment,
)
from trastienda.controllers.orders.place import place
from trastienda.controllers.orders.settle import settle, settle_abandoned

__all__ = [
    "Statuses",
    "ask_for_link",
    "cancel",
    "cancel_fulfilment",
    "cancel_payment",
    "cancel_payment_of_order",
    "capture",
    "catch_up_books",
    "change_fulfilment",
    "check_payments",
    "collect",
    "deliver",
    "expire_unpaid",
    "fulfil",
    "fulfil_many",
    "issue_gift_cards",
    "note",
    "pay",
    "payment_of",
    "payment_of_order",
    "place",
    "remind_unpaid",
    "request_payment",
    "send_links",
    "set_payment_due",
    "settle",
    "settle_abandoned",
    "tag",
    "tag_many",
    "take_notice",
    "work_off_notices",
]
