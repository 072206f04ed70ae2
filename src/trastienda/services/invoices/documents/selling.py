"""From an order to what its invoice is drawn up from. Pure."""

from collections.abc import Sequence
from datetime import date, tzinfo

import msgspec
from msgspec import structs

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.orders.order import Order, PaymentStatus
from trastienda.database.models.orders.order_line import OrderLine
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict
from trastienda.schemas.invoices.sold import Sale, SoldLine, SoldShipping
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.pricing.pricing import PricingBasis
from trastienda.schemas.shared.address import Address
from trastienda.services.pricing.rounding import WHOLE, half_up, rate
from trastienda.services.pricing.taxes import shipping_parts, tax

REFUNDED = frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})


def sale(order: Order, zone: tzinfo, supplied_on: date | None) -> Sale:
    """Return what was sold; days are those of `zone`. Raise OrderTooOld."""
    basis = _basis(order)
    lines = [_line(line, basis, place) for place, line in enumerate(order.lines)]
    shipping = shipping_shares(
        basis, lines, order.shipping, str((order.shipping_option or {}).get("name", ""))
    )
    if sum(it.total for it in lines) + sum(it.total for it in shipping) != order.total:
        raise RuntimeError(f"order {order.number} does not add up")  # never invoice another sum
    due = order.payment_due_at
    return Sale(
        number=str(order.number),
        ordered_on=order.placed_at.astimezone(zone).date(),
        currency=order.currency,
        locale=Locale(order.locale),
        billing_address=msgspec.convert(order.billing_address, Address),
        shipping_address=msgspec.convert(order.shipping_address, Address),
        vat_number=order.vat_number,
        lines=lines,
        shipping=shipping,
        paid=None if _is_paid(order) else order.captured,
        due_on=due.astimezone(zone).date() if due else None,
        supplied_on=supplied_on,
    )


def parts(whole: Sale) -> list[tuple[Sale, bool]]:
    """Divide a sale into its documents: goods with shipping, and gift cards (True).

    What has come in advance pays the goods first.
    """
    goods = [line for line in whole.lines if not line.gift_card]
    vouchers = [line for line in whole.lines if line.gift_card]
    if not vouchers:
        return [(whole, False)]
    owed = sum(it.total for it in goods) + sum(it.total for it in whole.shipping)
    paid = None if whole.paid is None else min(whole.paid, owed)
    rest = None if whole.paid is None or paid is None else whole.paid - paid
    found = []
    if goods:
        found.append((structs.replace(whole, lines=goods, paid=paid), False))
    # BR-O-02: the number of no party is on it
    own = structs.replace(whole, lines=vouchers, shipping=[], paid=rest, vat_number=None)
    return [*found, (own, True)]


def rest(sale: Sale, left: Sequence[TaxedAmount], order: Order) -> Sale:
    """Return what refunds have left of a sale; a line of which something was refunded is net."""
    of_lines = {taxed.line_id: taxed for taxed in left if taxed.line_id}
    of_shipping = {rate(taxed.rate): taxed for taxed in left if taxed.line_id is None}
    paid = None if sale.paid is None else max(0, order.captured - order.refunded)
    return structs.replace(
        sale,
        lines=[
            _left_of(line, of_lines[line.id])
            for line in sale.lines
            if of_lines[line.id].amount or of_lines[line.id].quantity
        ],
        shipping=[
            structs.replace(part, total=taxed.amount, tax=taxed.tax)
            for part in sale.shipping
            if (taxed := of_shipping.get(part.rate))
        ],
        paid=paid,
    )


def _left_of(line: SoldLine, left: TaxedAmount) -> SoldLine:
    if (left.quantity, left.amount, left.tax) == (line.quantity, line.total, line.tax):
        return line
    return structs.replace(
        line,
        quantity=max(left.quantity, 1),
        subtotal=left.amount,
        discount=0,
        total=left.amount,
        tax=left.tax,
    )


def _is_paid(order: Order) -> bool:
    """Say whether all of it was paid: what was paid back later is for credit notes to say."""
    refunded = order.payment_status in REFUNDED and order.owed <= 0
    return refunded or order.payment_status is PaymentStatus.PAID


def shipping_shares(
    basis: PricingBasis, sold: Sequence[SoldLine], amount: int, name: str
) -> list[SoldShipping]:
    """Say what shipping costs at each rate, with its tax: together what the order says.

    `amount` is what is left of its price after discounts.
    """
    freight = basis.shipping
    if freight is None:
        return []
    left = [line.subtotal - line.discount for line in sold]
    found = []
    for part_rate, part in shipping_parts(basis.lines, left, (freight, amount)):
        included = freight.included
        own = tax(part, part_rate, included=included)
        if basis.rounding is Rounding.DOCUMENT:
            same = [it for it in sold if (it.rate, it.included) == (part_rate, included)]
            bases = part + sum(it.subtotal - it.discount for it in same)
            whole = WHOLE + part_rate if included else WHOLE
            own = half_up(bases * part_rate, whole) - sum(it.tax for it in same)
        total = part if included else part + own
        found.append(SoldShipping(name=name, rate=part_rate, total=total, tax=own))
    return found


def _basis(order: Order) -> PricingBasis:
    if order.pricing is None:
        raise OrderTooOld
    return msgspec.convert(order.pricing, PricingBasis)


def _line(line: OrderLine, basis: PricingBasis, place: int) -> SoldLine:
    return SoldLine(
        id=line.id,
        name=line.name,
        sku=line.sku,
        options=line.options,
        quantity=line.quantity,
        subtotal=line.subtotal,
        discount=line.discount,
        tax=line.tax,
        total=line.total,
        rate=rate(line.tax_rate),
        included=basis.lines[place].included,
        gift_card=line.gift_card is not None,
    )


class OrderTooOld(Conflict):
    """This order is from before the shop kept what an invoice is drawn up from."""
