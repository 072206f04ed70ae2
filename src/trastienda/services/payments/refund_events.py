"""What events tell of refunds, and of the orders that they are of."""

import msgspec

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.events.event import EventType
from trastienda.schemas.payments.refund import RefundSnapshot, RefundView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_REFUNDED
from trastienda.services.orders import orders


async def tell(
    session: Session, type_: EventType, view: RefundView, order: Order, context: Context
) -> None:
    """Record what happened to a refund, with whom to tell of it."""
    snapshot = RefundSnapshot(
        **msgspec.structs.asdict(view),
        number=str(order.number),
        email=order.email,
        locale=Locale(order.locale),
    )
    await events.append(session, type_, view.id, snapshot, context)


async def tell_order(session: Session, order: Order, context: Context) -> None:
    """Record that what was refunded of an order has changed. Its row has been flushed."""
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    await events.append(session, ORDER_REFUNDED, order.id, data, context)
