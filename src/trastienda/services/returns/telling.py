"""What events tell of returns, and of the orders that they are of."""

from uuid import UUID

from msgspec import structs

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.events.event import EventType
from trastienda.schemas.returns.order_return import ReturnSnapshot
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_PAYMENT_REQUESTED, ORDER_RETURN_CHANGED
from trastienda.services.orders import orders
from trastienda.services.returns import returns


async def tell(
    session: Session, type_: EventType, return_id: UUID, order: Order, context: Context
) -> None:
    """Record what happened to a return, and that its order shows it. Both are locked."""
    await session.orm.flush()
    locale = Locale(order.locale)
    shown = await returns.by_id(session, return_id, locale)
    snapshot = ReturnSnapshot(**structs.asdict(shown), locale=locale)
    await events.append(session, type_, return_id, snapshot, context)
    await _tell_order(session, order, context)


async def tell_replacement(session: Session, order_id: UUID, owed: int, context: Context) -> None:
    """Record that a new order shows which return it replaces, and ask for what is owed of it.

    The return has been linked to it. `owed` is in minor units; for nothing nobody is asked.
    """
    await session.orm.flush()
    order = await orders.claim(session, order_id, None)
    await _tell_order(session, order, context)
    if owed:
        data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
        asked = {**data, "amount": owed}
        await events.append(session, ORDER_PAYMENT_REQUESTED, order.id, asked, context)


async def _tell_order(session: Session, order: Order, context: Context) -> None:
    order.count_change()
    await session.orm.flush()
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    await events.append(session, ORDER_RETURN_CHANGED, order.id, data, context)
