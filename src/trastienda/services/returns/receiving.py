"""Goods of a return that arrive: counted, kept, and put into stock or written off."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.returns.order_return import (
    Disposition,
    OrderReturn,
    ReturnReceipt,
)
from trastienda.errors import Conflict
from trastienda.schemas.returns.order_return import ReceivedLine
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import cards
from trastienda.services.orders.reservations import MoreThanSent
from trastienda.services.returns.returnable import ReturnLineUnknown
from trastienda.services.stock import receiving as stock
from trastienda.services.stock.receiving import Arrival, LocationUnknown


async def receive(
    session: Session,
    order: Order,
    expected: OrderReturn,
    arrived: Sequence[ReceivedLine],
    context: Context,
) -> None:
    """Count units that arrived on a return and its order, both locked, and book them in stock.

    Raise ReturnNotExpected, ReturnLineUnknown, MoreThanExpected, MoreThanSent or LocationUnknown.
    """
    expected.expect_goods()
    _count(order, expected, arrived)
    variants = {line.id: line.variant_id for line in order.lines}
    wanted = [(variants[it.line_id], it.location) for it in arrived]
    places = await stock.places(session, wanted)
    receipts = []
    for index, (line, place) in enumerate(zip(arrived, places, strict=True)):
        if place is None:
            raise LocationUnknown(pointer=f"/lines/{index}/location")
        receipts.append(
            ReturnReceipt(
                return_id=expected.id,
                line_id=line.line_id,
                quantity=line.quantity,
                disposition=line.disposition,
                location_id=place,
                received_at=context.asked_at,
            )
        )
    session.orm.add_all(receipts)
    await session.orm.flush()
    arrivals = _arrivals(receipts, variants)
    if products := await stock.receive(session, order.id, arrivals, context):
        await cards.refresh(session, products)


def _count(order: Order, expected: OrderReturn, arrived: Sequence[ReceivedLine]) -> None:
    """Count units on the lines of a return and of its order."""
    lines = {line.line_id: line for line in expected.lines}
    sold = {line.id: line for line in order.lines}
    for index, it in enumerate(arrived):
        if it.line_id not in lines:
            raise ReturnLineUnknown(pointer=f"/lines/{index}/line_id")
        line, of_order = lines[it.line_id], sold[it.line_id]
        if it.quantity > line.missing_quantity:
            raise MoreThanExpected(line_id=it.line_id, quantity=line.missing_quantity)
        if it.quantity > of_order.fulfilled_quantity - of_order.returned_quantity:
            raise MoreThanSent(line_id=it.line_id)
        if it.disposition is Disposition.RESTOCK:
            line.restocked_quantity += it.quantity
        else:
            line.written_off_quantity += it.quantity
        of_order.returned_quantity += it.quantity


def _arrivals(
    receipts: Sequence[ReturnReceipt], variants: dict[UUID, UUID | None]
) -> list[Arrival]:
    """Add up what arrived of each variant at each location."""
    restocked: Counter[tuple[UUID, UUID]] = Counter()
    written_off: Counter[tuple[UUID, UUID]] = Counter()
    for receipt in receipts:
        variant_id = variants[receipt.line_id]
        if variant_id is None:
            continue  # it is not in the shop any more
        restocks = receipt.disposition is Disposition.RESTOCK
        counted = restocked if restocks else written_off
        counted[variant_id, receipt.location_id] += receipt.quantity
    return [
        Arrival(*place, restocked[place], written_off[place])
        for place in dict.fromkeys([*restocked, *written_off])
    ]


class MoreThanExpected(Conflict):
    """More units would arrive than are to come back of this line."""
