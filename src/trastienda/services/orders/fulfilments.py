"""Parcels of orders: what is in them, and how they are shown."""

from collections import Counter
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.fulfilment import (
    Fulfilment,
    FulfilmentChanged,
    FulfilmentLine,
    FulfilmentNotFound,
    FulfilmentNotReady,
    FulfilmentState,
)
from trastienda.database.models.orders.order import Order, OrderAlreadyFulfilled
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.orders.fulfilment import FulfilmentDraft, FulfilmentView
from trastienda.schemas.shared.context import Context
from trastienda.services.shared.records import Records
from trastienda.services.stock import parcels

_SHOWN_SQL = """
    'id', fulfilments.id, 'number', fulfilments.number, 'status', fulfilments.status,
    'carrier', fulfilments.carrier, 'tracking_number', fulfilments.tracking_number,
    'tracking_url', fulfilments.tracking_url, 'sent_at', fulfilments.sent_at,
    'ready_at', fulfilments.ready_at, 'collected_at', fulfilments.collected_at,
    'delivered_at', fulfilments.delivered_at, 'lines', (
        SELECT coalesce(json_agg(json_build_object(
            'line_id', inside.line_id, 'quantity', inside.quantity)
            ORDER BY order_lines.position), '[]')
        FROM fulfilment_lines AS inside JOIN order_lines ON order_lines.id = inside.line_id
        WHERE inside.fulfilment_id = fulfilments.id)"""
OF_ORDER_SQL = f"""coalesce((
    SELECT json_agg(json_build_object({_SHOWN_SQL}) ORDER BY fulfilments.number)
    FROM fulfilments WHERE fulfilments.order_id = orders.id), '[]')"""
"""The parcels of a row of `orders`, as its buyer sees them."""
_VIEW_SQL = f"""json_build_object({_SHOWN_SQL},
    'order_id', fulfilments.order_id, 'version', fulfilments.version,
    'created_at', fulfilments.created_at, 'label_reference', fulfilments.label_reference,
    'location', (SELECT code FROM locations WHERE locations.id = fulfilments.location_id))"""
_BY_ID = prepared(f"""
    SELECT {_VIEW_SQL}::text FROM fulfilments WHERE fulfilments.id = %(fulfilment)s
""")
_OF_ORDER = prepared(f"""
    SELECT coalesce(json_agg({_VIEW_SQL} ORDER BY fulfilments.number), '[]')::text
    FROM fulfilments WHERE fulfilments.order_id = %(order)s
""")
_ORDER_OF = prepared("SELECT order_id FROM fulfilments WHERE id = %(fulfilment)s")
_NEXT_NUMBER = prepared("""
    SELECT coalesce(max(number), 0) + 1 FROM fulfilments WHERE order_id = %(order)s
""")
_view = msgspec.json.Decoder(FulfilmentView)
_views = msgspec.json.Decoder(list[FulfilmentView])


async def by_id(session: Reading, fulfilment_id: UUID) -> FulfilmentView:
    """Return a parcel. Raise FulfilmentNotFound."""
    document = await _BY_ID.document(session, fulfilment=fulfilment_id)
    if document is None:
        raise FulfilmentNotFound
    return _view.decode(document)


async def of_order(session: Reading, order_id: UUID) -> list[FulfilmentView]:
    """Return the parcels of an order, in the order of their numbers."""
    return _views.decode(await _OF_ORDER.document(session, order=order_id) or b"[]")


async def order_of(session: Reading, fulfilment_id: UUID) -> UUID:
    """Return the id of a parcel's order, which is locked first. Raise FulfilmentNotFound."""
    row = await _ORDER_OF.row(session, fulfilment=fulfilment_id)
    if row is None:
        raise FulfilmentNotFound
    order_id: UUID = row[0]
    return order_id


async def pack(
    session: Session, order: Order, draft: FulfilmentDraft, context: Context
) -> Fulfilment:
    """Put units of a locked order into a new parcel, and set their reservations aside for it.

    Raise OrderClosed, LineNotInOrder, MoreThanOrdered, OrderAlreadyFulfilled or OrderReadyForPickup
    when nothing is left, GiftCardNotShipped, PickupNotOffered, NothingReservedThere or
    NothingPromised.
    """
    order.expect_open()
    now = context.asked_at
    wanted = _wanted(order, draft)
    if draft.pickup and not (order.shipping_option or {}).get("pickup_address"):
        raise PickupNotOffered(pointer="/pickup")
    row = await _NEXT_NUMBER.row(session, order=order.id)
    parcel = Fulfilment(
        order_id=order.id,
        number=row[0] if row else 1,
        status=FulfilmentState.READY if draft.pickup else FulfilmentState.SHIPPED,
        created_at=now,
        carrier=draft.carrier,
        tracking_number=draft.tracking_number,
        tracking_url=draft.tracking_url,
        label_reference=draft.label_reference,
        ready_at=now if draft.pickup else None,
        sent_at=None if draft.pickup else now,
        lines=[FulfilmentLine(line_id=it, quantity=count) for it, count in wanted.items()],
    )
    units = _count(order, wanted, ready=draft.pickup)
    parcel.location_id = await parcels.set_aside(
        session, order.id, parcel.id, units, draft.location
    )
    session.orm.add(parcel)
    return parcel


def _wanted(order: Order, draft: FulfilmentDraft) -> Counter[UUID]:
    """Count what is to be in a parcel, by line."""
    lines = {line.id: line for line in order.lines}
    if draft.lines is None:
        wanted = Counter(
            {line.id: line.fulfillable_quantity for line in order.lines if line.gift_card is None}
        )
    else:
        wanted = Counter()
        for sent in draft.lines:
            wanted[sent.line_id] += sent.quantity
    for line_id, quantity in (+wanted).items():
        if line_id not in lines:
            raise LineNotInOrder(line_id=line_id)
        if lines[line_id].gift_card is not None:
            raise GiftCardNotShipped
        if quantity > lines[line_id].fulfillable_quantity:
            raise MoreThanOrdered(line_id=line_id)
    if not +wanted:
        if any(line.ready_quantity for line in order.lines):
            raise OrderReadyForPickup
        if any(line.unfulfilled_quantity for line in order.lines):
            raise GiftCardNotShipped
        raise OrderAlreadyFulfilled
    return +wanted


def _count(order: Order, wanted: Counter[UUID], *, ready: bool) -> Counter[UUID]:
    """Count units of a parcel on the lines of its order; return the units of each variant."""
    units: Counter[UUID] = Counter()
    for line in order.lines:
        if ready:
            line.ready_quantity += wanted[line.id]
        else:
            line.fulfilled_quantity += wanted[line.id]
        if line.variant_id is not None:
            units[line.variant_id] += wanted[line.id]
    return +units


def count_collected(order: Order, parcel: Fulfilment) -> None:
    """Count what was in a parcel that the buyer fetched on the lines of its locked order."""
    inside = {line.line_id: line.quantity for line in parcel.lines}
    for line in order.lines:
        line.ready_quantity -= inside.get(line.id, 0)
        line.fulfilled_quantity += inside.get(line.id, 0)


async def unpack(session: Session, order: Order, parcel: Fulfilment) -> None:
    """Cancel a parcel that is ready, so that its units can be put into another one.

    Raise FulfilmentNotReady.
    """
    if not parcel.unpack():
        raise FulfilmentNotReady
    await _empty(session, order, parcel)


async def _empty(session: Session, order: Order, parcel: Fulfilment) -> None:
    inside = {line.line_id: line.quantity for line in parcel.lines}
    for line in order.lines:
        line.ready_quantity -= inside.get(line.id, 0)
    await parcels.put_back(session, order.id, parcel.id)


async def unpack_all(session: Session, order: Order) -> list[Fulfilment]:
    """Cancel all parcels of an order that are ready, because the order is; return them."""
    if not any(line.ready_quantity for line in order.lines):
        return []
    waiting = Fulfilment.order_id == order.id, Fulfilment.status == FulfilmentState.READY
    query = select(Fulfilment).where(*waiting).order_by(Fulfilment.number)
    ready = (await session.orm.scalars(query.options(*_WHOLE).with_for_update())).all()
    for parcel in ready:
        parcel.unpack()
        await _empty(session, order, parcel)
    return list(ready)


class LineNotInOrder(Invalid):
    """This order has no such line."""


class MoreThanOrdered(Conflict):
    """More would be sent than was ordered."""


class GiftCardNotShipped(Conflict):
    """Gift cards are not sent in parcels: they go by email when all of the order is paid."""


class OrderReadyForPickup(Conflict):
    """All that is left of this order is ready to be picked up."""


class PickupNotOffered(Invalid):
    """This order was not placed with a pick-up point."""


_WHOLE = (selectinload(Fulfilment.lines),)
_RECORDS = Records(Fulfilment, missing=FulfilmentNotFound, changed=FulfilmentChanged, whole=_WHOLE)
claim = _RECORDS.claim
