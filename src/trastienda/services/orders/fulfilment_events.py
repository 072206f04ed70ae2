"""What events tell of parcels, and of the orders that they are of."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import structs

from trastienda.database.db import Session
from trastienda.database.models.orders.fulfilment import Fulfilment
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.events.event import EventType
from trastienda.schemas.orders.event import FulfilmentSnapshot
from trastienda.schemas.orders.fulfilment import FulfilmentView
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import (
    FULFILMENT_CANCELLED,
    ORDER_FULFILLED,
    ORDER_FULFILMENT_CHANGED,
)
from trastienda.services.orders import fulfilments, orders


async def tell(
    session: Session,
    types: Iterable[EventType],
    fulfilment_id: UUID,
    order: Order,
    context: Context,
) -> tuple[OrderView, FulfilmentView]:
    """Record what happened to a parcel, and to its order. Both have been flushed.

    The order was fulfilled if units were handed over; otherwise one of its parcels has changed.
    """
    whole = await orders.by_id(session, order.id)
    parcel = await fulfilments.by_id(session, fulfilment_id)
    snapshot = FulfilmentSnapshot(
        **structs.asdict(parcel), order=whole, email=order.email, locale=Locale(order.locale)
    )
    for type_ in types:
        if type_ in {ORDER_FULFILLED, ORDER_FULFILMENT_CHANGED}:
            data = orders.snapshot(whole, order.locale) | {"fulfilment_number": parcel.number}
            await events.append(session, type_, order.id, data, context)
        else:
            await events.append(session, type_, parcel.id, snapshot, context)
    return whole, parcel


async def tell_cancelled(
    session: Session, unpacked: Iterable[Fulfilment], order: Order, context: Context
) -> None:
    """Record that parcels were cancelled with their order, which tells of itself."""
    for parcel in unpacked:
        await tell(session, [FULFILMENT_CANCELLED], parcel.id, order, context)
