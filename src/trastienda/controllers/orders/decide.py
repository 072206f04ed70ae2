"""What staff decide about an order before it is sent."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.order import OrderView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, orders, promises


@use_case
async def capture(order_id: UUID, terms: Terms) -> OrderView:
    """Take note that the money for an order has come. Raise OrderAlreadyPaid or OrderClosed."""
    async with transaction(terms.once) as session:
        order = await orders.claim(session, order_id, terms.seen)
        order.capture()
        await session.orm.flush()
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_PAID, order.id, data, terms)
        return await session.answer(view)


@use_case
async def cancel(order_id: UUID, terms: Terms) -> OrderView:
    """Call an order off and give its stock back. Raise OrderAlreadyPaid or OrderClosed."""
    async with transaction(terms.once) as session:
        order = await orders.claim(session, order_id, terms.seen)
        order.cancel()
        await session.orm.flush()
        await promises.give_back(session, order.id, terms)
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_CANCELLED, order.id, data, terms)
        return await session.answer(view)
