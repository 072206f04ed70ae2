"""Writing an edited order: its rows, and which stock it needs more or less of."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import msgspec

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.orders.order_line import OrderLine
from trastienda.schemas.carts.cart import CartLineRow
from trastienda.schemas.pricing.pricing import LineToPrice, Priced, PricedLine
from trastienda.services.order_edits.pricing import Decided
from trastienda.services.order_edits.wanted import WantedLine
from trastienda.services.pricing.rounding import percent


async def rewrite(
    session: Session, order: Order, wanted: Sequence[WantedLine], decided: Decided, priced: Priced
) -> None:
    """Write the lines, the totals and the basis of a locked order."""
    left = {line.kept.id for line in wanted if line.kept}
    for gone in [it for it in order.lines if it.id not in left]:
        order.lines.remove(gone)
        await session.orm.delete(gone)
    parts = zip(wanted, decided.rows, decided.basis.lines, priced.lines, strict=True)
    for position, (line, row, basis, sums) in enumerate(parts, start=1):
        if line.kept is not None:
            _set(line.kept, line.quantity, basis, sums)
            line.kept.position = position
        elif row is not None:
            order.lines.append(_new(order, row, position, line.quantity, basis, sums))
    freight = decided.basis.shipping
    for name, value in msgspec.structs.asdict(priced.totals).items():
        setattr(order, name, value)
    added = priced.shipping_tax if freight and not freight.included else 0
    order.shipping_tax_added = added
    order.pricing = msgspec.to_builtins(decided.basis)
    order.taxed_shipping = msgspec.to_builtins(priced.taxed_shipping)
    order.shipping_option = msgspec.to_builtins(decided.shipping_option)
    order.tax_country = decided.tax_country
    order.count_fulfilled()


def _set(line: OrderLine, quantity: int, basis: LineToPrice, sums: PricedLine) -> None:
    line.quantity, line.unit_price = quantity, basis.unit_price
    line.subtotal, line.discount = sums.subtotal, sums.discount
    line.tax, line.total = sums.tax, sums.total
    line.tax_rate = Decimal(percent(basis.rate))


def _new(  # noqa: PLR0913, PLR0917 - what a line is made of
    order: Order,
    row: CartLineRow,
    position: int,
    quantity: int,
    basis: LineToPrice,
    sums: PricedLine,
) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        position=position,
        variant_id=row.variant_id,
        sku=row.sku,
        name=row.name,
        slug=row.slug,
        options=dict(row.options),
        thumbnail=row.thumbnail,
        quantity=quantity,
        unit_price=basis.unit_price,
        subtotal=sums.subtotal,
        discount=sums.discount,
        tax=sums.tax,
        tax_rate=Decimal(percent(basis.rate)),
        total=sums.total,
        custom=msgspec.to_builtins(row.custom) if row.custom else None,
    )


def change(before: Sequence[OrderLine], wanted: Sequence[WantedLine]) -> Counter[UUID]:
    """Count how many units more, or less, an order needs of each variant."""
    needed: Counter[UUID] = Counter()
    for line in wanted:
        if line.variant_id is not None:
            needed[line.variant_id] += line.quantity
    for old in before:
        if old.variant_id is not None:
            needed[old.variant_id] -= old.quantity
    return needed
