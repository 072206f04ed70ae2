"""An order by its parts: each line, and shipping at each tax rate. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.orders.order import OrderDraft, OrderLineView
from trastienda.schemas.pricing.pricing import TaxedShipping, Totals
from trastienda.services.pricing.rounding import WHOLE, half_up, percent, rate


def of_draft(draft: OrderDraft) -> list[TaxedAmount]:
    """Return what is about to be sold; see `sold`."""
    return sold(draft.lines, draft.taxed_shipping, draft.totals, draft.shipping_tax_added)


def sold(
    lines: Sequence[OrderLineView], shipping: Sequence[TaxedShipping], totals: Totals, added: int
) -> list[TaxedAmount]:
    """Return what was sold, so that the amounts add up to the total, and the taxes to its tax.

    `added` is the tax on top of shipping. Without parts of shipping, as in orders from before they
    were kept, it is one part whose rate is not known.
    """
    goods = [_line(line) for line in lines]
    if not shipping:
        tax = totals.tax - sum(line.tax for line in lines)
        shipping = [TaxedShipping(0, totals.shipping, tax)]
    freight = [_shipping(part, added) for part in shipping]
    return [*goods, *(part for part in freight if part.amount)]


def _line(line: OrderLineView) -> TaxedAmount:
    included = line.total == line.subtotal - line.discount
    share = rate(Decimal(line.tax_rate))
    net = half_up(line.discount * WHOLE, WHOLE + share) if included else line.discount
    return TaxedAmount(
        line_id=line.id,
        quantity=line.quantity,
        rate=Decimal(line.tax_rate),
        amount=line.total,
        tax=line.tax,
        discount=net,
        gift_card=bool(line.gift_card),
    )


def _shipping(part: TaxedShipping, added: int) -> TaxedAmount:
    on_top = part.tax if added else 0
    return TaxedAmount(
        line_id=None,
        quantity=0,
        rate=percent(part.rate),
        amount=part.amount + on_top,
        tax=part.tax,
    )
