"""Which lines an order has after an edit, before they are priced. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.models.carts.cart import MOST_LINES, CartFull
from trastienda.database.models.orders.order_line import OrderLine
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.carts.cart import CartLineRow
from trastienda.schemas.order_edits.edit import EditedLine, OrderEditDraft
from trastienda.schemas.orders.custom import CustomLine
from trastienda.schemas.pricing.pricing import LineToPrice
from trastienda.schemas.pricing.source import PriceSource
from trastienda.schemas.shared.line import CustomGoods
from trastienda.services.carts import trial


class WantedLine(NamedTuple):
    """A line as it will be: a kept one with what it was priced from, or a new one."""

    quantity: int
    variant_id: UUID | None
    unit_price: int | None = None
    """What staff said that a unit costs."""
    kept: OrderLine | None = None
    basis: LineToPrice | None = None
    """Of a kept line: what its price was computed from."""
    source: PriceSource | None = None
    custom: CartLineRow | None = None
    """Of what is not in the shop: the line as a cart would have it."""


Kept = Sequence[tuple[OrderLine, LineToPrice, PriceSource | None]]
"""The lines of an order, with what each was priced from."""


def lines(kept: Kept, draft: OrderEditDraft, skus: Mapping[str, UUID]) -> list[WantedLine]:
    """Return the lines that an order will have.

    Raise EditLineUnknown, LineNamedTwice, GiftCardsNotEdited, LineSent, OrderEmpty or CartFull.
    """
    edits: dict[UUID, EditedLine] = {edit.line: edit for edit in draft.lines}
    known = {line.id for line, _, _ in kept}
    for index, named in enumerate(draft.lines):
        if named.line not in known:
            raise EditLineUnknown(pointer=f"/lines/{index}/line")
    if len(edits) < len(draft.lines):
        raise LineNamedTwice(pointer="/lines")
    found = []
    for line, basis, source in kept:
        edit = edits.get(line.id)
        if edit is not None and line.gift_card is not None:
            raise GiftCardsNotEdited
        quantity = line.quantity if edit is None or edit.quantity is None else edit.quantity
        if quantity < line.quantity - line.fulfillable_quantity:
            least = line.quantity - line.fulfillable_quantity
            raise LineSent(line_id=line.id, quantity=least)
        if quantity:
            found.append(
                WantedLine(
                    quantity=quantity,
                    variant_id=line.variant_id,
                    unit_price=edit.unit_price if edit else None,
                    kept=line,
                    basis=basis,
                    source=source,
                    custom=_as_kept(line, quantity),
                )
            )
    found += [
        WantedLine(quantity=it.quantity, variant_id=skus[it.sku], unit_price=it.unit_price)
        for it in draft.add
    ] + [
        WantedLine(quantity=it.quantity, variant_id=None, custom=_as_added(it))
        for it in draft.add_custom
    ]
    if not found:
        raise OrderEmpty
    if len(found) > MOST_LINES:
        raise CartFull
    return found


def _as_kept(line: OrderLine, quantity: int) -> CartLineRow | None:
    if line.custom is None:
        return None
    goods = msgspec.convert(line.custom, CustomGoods)
    return trial.custom_row(line.id, line.name, quantity, line.unit_price, goods, line.sku)


def _as_added(line: CustomLine) -> CartLineRow:
    goods = CustomGoods(line.tax_class, line.requires_shipping)
    return trial.custom_row(uuid7(), line.title, line.quantity, line.unit_price, goods, line.sku)


def units(wanted: Sequence[WantedLine]) -> Counter[UUID]:
    """Count the units of each variant that is in the shop still."""
    found: Counter[UUID] = Counter()
    for line in wanted:
        if line.variant_id is not None:
            found[line.variant_id] += line.quantity
    return found


class EditLineUnknown(Invalid):
    """This order has no line with this id."""


class LineNamedTwice(Invalid):
    """An edit names each line once."""


class LineSent(Conflict):
    """Units of this line were sent, are ready to be picked up, or were refunded: they stay."""


class GiftCardsNotEdited(Conflict):
    """Gift cards are neither added to an order nor changed in it: refund them, or order anew."""


class OrderEmpty(Conflict):
    """An order keeps a line at least; cancel it instead."""
