"""What staff can do with an order. The pages ask here, and compare no states themselves."""

from collections import Counter
from uuid import UUID

from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.pages.order_moves import OrderMoves

WAITS_FOR_MONEY = frozenset({PaymentStatus.PENDING, PaymentStatus.PARTIALLY_PAID})


def of(order: OrderView) -> OrderMoves:
    """Return what can be done with an order as it is now. The controllers decide again."""
    is_open = order.status is OrderStatus.OPEN
    to_pack = _to_pack(order) if is_open else {}
    return OrderMoves(
        to_pack=to_pack,
        units_to_pack=sum(to_pack.values()),
        to_capture=order.outstanding if is_open else 0,
        refundable=order.captured - order.refunded,
        can_cancel=is_open and order.fulfilment_status is FulfilmentStatus.UNFULFILLED,
        can_edit=is_open,
        can_have_term=is_open and order.payment_status in WAITS_FOR_MONEY,
    )


def _to_pack(order: OrderView) -> dict[UUID, int]:
    packed: Counter[UUID] = Counter()
    for parcel in order.fulfilments:
        if parcel.status is not FulfilmentState.CANCELLED:
            packed.update({line.line_id: line.quantity for line in parcel.lines})
    goods = (it for it in order.lines if not it.gift_card)  # gift cards go by email
    left = {it.id: it.quantity - it.removed_quantity - packed[it.id] for it in goods}
    return {line_id: quantity for line_id, quantity in left.items() if quantity > 0}
