from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.fulfilment import FulfilmentDraft
from trastienda.schemas.order import OrderView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, fulfilments, orders, stock


@use_case
async def fulfil(order_id: UUID, draft: FulfilmentDraft, terms: Terms) -> OrderView:
    """Send what the draft names, or all that is left: it leaves the shelf now."""
    async with transaction(terms.once) as session:
        order = await orders.claim(session, order_id, terms.seen)
        sent = fulfilments.take(order, draft)
        order.fulfil()
        await session.orm.flush()
        await stock.fulfil(session, order.id, sent, terms)
        view = await orders.by_id(session, order.id)
        data = orders.snapshot(view, order.locale)
        await events.append(session, event_types.ORDER_FULFILLED, order.id, data, terms)
        return await session.answer(view)
