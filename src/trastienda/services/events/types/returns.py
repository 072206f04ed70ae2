"""Events about returns."""

from trastienda.schemas.orders.event import OrderSnapshot
from trastienda.schemas.returns.order_return import ReturnSnapshot
from trastienda.schemas.returns.policy import ReturnPolicyView
from trastienda.schemas.returns.reason import ReturnReasonView
from trastienda.services.events.types.kinds import kind, resource

ORDER_RETURN_CHANGED = kind(
    "order.return_changed",
    "A return of an order was asked for or has changed, or it replaces one.",
    OrderSnapshot,
)
RETURN_REQUESTED = kind(
    "return.requested", "Somebody wants to return goods of an order.", ReturnSnapshot
)
RETURN_APPROVED = kind("return.approved", "Staff let the goods of a return come.", ReturnSnapshot)
RETURN_REFUSED = kind("return.refused", "Staff refused a return.", ReturnSnapshot)
RETURN_WITHDRAWN = kind(
    "return.withdrawn", "A return was given up before anything had arrived.", ReturnSnapshot
)
RETURN_RECEIVED = kind("return.received", "Goods of a return have arrived.", ReturnSnapshot)
RETURN_EXCHANGED = kind(
    "return.exchanged",
    "What is wanted instead of goods is ordered before these are settled.",
    ReturnSnapshot,
)
RETURN_CLOSED = kind(
    "return.closed",
    "What arrived of a return is settled; nothing more is expected.",
    ReturnSnapshot,
)
RETURN_EXPIRED = kind(
    "return.expired", "Nothing of an approved return arrived in time.", ReturnSnapshot
)
RETURN_REASON = resource("return_reason", "a reason for returns", ReturnReasonView)
RETURN_POLICY_CHANGED = kind(
    "return_policy.changed", "Staff changed the policy of returns.", ReturnPolicyView
)
