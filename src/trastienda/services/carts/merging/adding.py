"""What a cart holds once it gets what is in another one. Pure."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.shared.quantity import MOST_OF_ONE
from trastienda.schemas.carts.merge import LimitedContent


class Line(NamedTuple):
    """A line of one of the carts."""

    cart_id: str
    sku: str
    variant_id: UUID
    quantity: int
    seen_price: int | None
    available: int
    """Units that can be sold, of which the line may have more."""
    sold: bool
    """Whether it is for sale in the currency of the cart that is kept."""


class Added(NamedTuple):
    """The lines of the kept cart that are new or change, and what did not fit."""

    lines: list[Line]
    limited: list[LimitedContent]


def add(kept: Sequence[Line], other: Sequence[Line]) -> Added:
    """Add the lines of another cart to those of the one that is kept.

    Quantities of the same variant are added up, but not to more than is in stock, and never to less
    than either cart had: the buyer chose that, and the cart's problems tell if it is too much.
    """
    before = {line.variant_id: line for line in kept}
    added, room = Added([], []), MOST_LINES - len(kept)
    for line in other:
        old = before.get(line.variant_id)
        own = old.quantity if old else 0
        wanted = own + line.quantity
        quantity = own
        if line.sold and (old or room > 0):
            most = max(line.available, own, line.quantity)
            quantity = min(wanted, most, MOST_OF_ONE)
            room -= old is None
        if quantity > own:
            seen = _least(line.seen_price, old.seen_price if old else None)
            added.lines.append(line._replace(quantity=quantity, seen_price=seen))
        if quantity < wanted:
            added.limited.append(LimitedContent(line.sku, wanted, quantity))
    return added


def _least(*prices: int | None) -> int | None:
    """Return the lower one, so that a rise since either of two looks is told."""
    return min((it for it in prices if it is not None), default=None)
