"""Events about orders, draft orders and parcels."""

from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.schemas.order_edits.edit import OrderEdited
from trastienda.schemas.orders.event import FulfilmentSnapshot, OrderSnapshot, PaymentRequested
from trastienda.schemas.orders.note import OrderNoted
from trastienda.services.events.types.kinds import kind, resource

ORDER_PLACED = kind("order.placed", "A cart became an order.", OrderSnapshot)
ORDER_PAID = kind("order.paid", "The money for an order has come.", OrderSnapshot)
ORDER_AUTHORISED = kind("order.authorised", "The money for an order is held.", OrderSnapshot)
ORDER_PAYMENT_REQUESTED = kind(
    "order.payment_requested", "Staff ask a buyer to pay an order, by mail.", PaymentRequested
)
ORDER_FULFILLED = kind(
    "order.fulfilled", "Something of an order was sent or picked up.", OrderSnapshot
)
ORDER_FULFILMENT_CHANGED = kind(
    "order.fulfilment_changed",
    "A parcel of an order was made ready, delivered, changed or cancelled.",
    OrderSnapshot,
)
FULFILMENT_CREATED = kind("fulfilment.created", "Staff made a parcel.", FulfilmentSnapshot)
FULFILMENT_CHANGED = kind(
    "fulfilment.changed",
    "Staff changed the carrier, tracking or label of a parcel.",
    FulfilmentSnapshot,
)
FULFILMENT_READY = kind(
    "fulfilment.ready", "A parcel waits for its buyer to pick it up.", FulfilmentSnapshot
)
FULFILMENT_COLLECTED = kind(
    "fulfilment.collected", "A buyer has picked a parcel up.", FulfilmentSnapshot
)
FULFILMENT_DELIVERED = kind(
    "fulfilment.delivered", "A parcel has reached its buyer.", FulfilmentSnapshot
)
FULFILMENT_CANCELLED = kind(
    "fulfilment.cancelled",
    "A parcel that was ready to be picked up was unpacked.",
    FulfilmentSnapshot,
)
ORDER_REFUNDED = kind(
    "order.refunded",
    "Money of an order was promised back, or that promise was taken back.",
    OrderSnapshot,
)
ORDER_EDITED = kind("order.edited", "Staff changed an open order.", OrderEdited)
ORDER_CANCELLED = kind(
    "order.cancelled", "An order was called off, or was not paid in time.", OrderSnapshot
)
ORDER_PAYMENT_REMINDED = kind(
    "order.payment_reminded",
    "The buyer of an unpaid order is told when it will be cancelled.",
    OrderSnapshot,
)
ORDER_PAYMENT_DUE_CHANGED = kind(
    "order.payment_due_changed",
    "Staff gave an unpaid order another time to be paid, or no end.",
    OrderSnapshot,
)
ORDER_LINK_WANTED = kind(
    "order.link_wanted", "Somebody wants a new link to an order, by mail.", OrderSnapshot
)
ORDER_TAGGED = kind("order.tagged", "Staff gave an order other tags.", OrderSnapshot)
ORDER_NOTED = kind("order.noted", "Staff wrote a note about an order.", OrderNoted)
DRAFT_ORDER = resource("draft_order", "a draft order", DraftOrderView)
DRAFT_ORDER_SENT = kind(
    "draft_order.sent", "Staff sent a draft order to its buyer.", DraftOrderView
)
DRAFT_ORDER_REMINDED = kind(
    "draft_order.reminded", "The buyer of a draft order is told when it expires.", DraftOrderView
)
DRAFT_ORDER_STOCK_RELEASED = kind(
    "draft_order.stock_released", "A draft order holds no stock any more.", DraftOrderView
)
DRAFT_ORDER_EXPIRED = kind(
    "draft_order.expired", "The time to order a draft order is over.", DraftOrderView
)
DRAFT_ORDER_COMPLETED = kind(
    "draft_order.completed", "A draft order became an order.", DraftOrderView
)
