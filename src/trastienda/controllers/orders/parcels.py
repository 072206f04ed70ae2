"""What becomes of a parcel.

Its order is locked first, and counts the change as well, because it shows its parcels.
"""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.orders.order import FulfilmentStatus
from trastienda.schemas.orders.fulfilment import FulfilmentPatch, FulfilmentView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.invoices import moments
from trastienda.services.orders import fulfilment_events, fulfilments, orders
from trastienda.services.shared.records import given, rewrite
from trastienda.services.stock import stock

CHANGED = event_types.ORDER_FULFILMENT_CHANGED
COLLECTED = event_types.ORDER_FULFILLED, event_types.FULFILMENT_COLLECTED


@use_case
async def change_fulfilment(
    fulfilment_id: UUID, patch: FulfilmentPatch, context: Context
) -> FulfilmentView:
    """Note another carrier, tracking number, link or label. Raise FulfilmentChanged."""
    async with transaction(context.once) as session:
        order_id = await fulfilments.order_of(session, fulfilment_id)
        order = await orders.claim(session, order_id, None)
        parcel = await fulfilments.claim(session, fulfilment_id, context.seen)
        rewrite(parcel, given(patch))
        order.count_change()
        await session.orm.flush()
        told = CHANGED, event_types.FULFILMENT_CHANGED
        _, view = await fulfilment_events.tell(session, told, parcel.id, order, context)
        return await session.answer(view)


@use_case
async def collect(fulfilment_id: UUID, context: Context) -> FulfilmentView:
    """Note that the buyer has fetched a parcel: its units leave the stock now.

    Raise FulfilmentNotReady.
    """
    async with transaction(context.once) as session:
        order_id = await fulfilments.order_of(session, fulfilment_id)
        order = await orders.claim(session, order_id, None)
        parcel = await fulfilments.claim(session, fulfilment_id, context.seen)
        parcel.collect(context.asked_at)
        fulfilments.count_collected(order, parcel)
        order.fulfil()
        await session.orm.flush()
        await stock.hand_over(session, order.id, parcel.id, context)
        _, view = await fulfilment_events.tell(session, COLLECTED, parcel.id, order, context)
        if order.fulfilment_status is FulfilmentStatus.FULFILLED:
            await moments.came(session, order.id, InvoiceMoment.FULFILLED)
        return await session.answer(view)


@use_case
async def deliver(fulfilment_id: UUID, context: Context) -> FulfilmentView:
    """Note that a parcel has reached the buyer. Raise FulfilmentNotOnItsWay."""
    async with transaction(context.once) as session:
        order_id = await fulfilments.order_of(session, fulfilment_id)
        order = await orders.claim(session, order_id, None)
        parcel = await fulfilments.claim(session, fulfilment_id, context.seen)
        parcel.deliver(context.asked_at)
        order.count_change()
        await session.orm.flush()
        told = CHANGED, event_types.FULFILMENT_DELIVERED
        _, view = await fulfilment_events.tell(session, told, parcel.id, order, context)
        return await session.answer(view)


@use_case
async def cancel_fulfilment(fulfilment_id: UUID, context: Context) -> FulfilmentView:
    """Unpack a parcel that nobody has fetched. Raise FulfilmentNotReady."""
    async with transaction(context.once) as session:
        order_id = await fulfilments.order_of(session, fulfilment_id)
        order = await orders.claim(session, order_id, None)
        parcel = await fulfilments.claim(session, fulfilment_id, context.seen)
        await fulfilments.unpack(session, order, parcel)
        order.count_change()
        await session.orm.flush()
        told = CHANGED, event_types.FULFILMENT_CANCELLED
        _, view = await fulfilment_events.tell(session, told, parcel.id, order, context)
        return await session.answer(view)
