"""Which units of an order are sent."""

from collections import Counter
from uuid import UUID

from trastienda.database.models.order import Order, OrderAlreadyFulfilled
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.fulfilment import FulfilmentDraft


def take(order: Order, draft: FulfilmentDraft) -> Counter[UUID]:
    """Count what is sent on the order's lines; return the units of each variant.

    Raise LineNotInOrder, MoreThanOrdered, or OrderAlreadyFulfilled when nothing is left.
    """
    lines = {line.id: line for line in order.lines}
    if draft.lines is None:
        wanted = Counter({line.id: line.quantity - line.fulfilled_quantity for line in order.lines})
    else:
        wanted = Counter()
        for sent in draft.lines:
            wanted[sent.line_id] += sent.quantity
    units: Counter[UUID] = Counter()
    for line_id, quantity in (+wanted).items():
        if line_id not in lines:
            raise LineNotInOrder(line_id=line_id)
        line = lines[line_id]
        if line.fulfilled_quantity + quantity > line.quantity:
            raise MoreThanOrdered(line_id=line_id)
        line.fulfilled_quantity += quantity
        if line.variant_id is not None:
            units[line.variant_id] += quantity
    if not +wanted:
        raise OrderAlreadyFulfilled
    return units


class LineNotInOrder(Invalid):
    """This order has no such line."""


class MoreThanOrdered(Conflict):
    """More would be sent than was ordered."""
