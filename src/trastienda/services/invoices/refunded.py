"""The credit note of a refund: an invoice is corrected in the transaction that grants the money.

If the refund is withdrawn because no provider pays it out, its credit notes are cancelled.
"""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.invoices.invoice import InvoiceCancelled
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import Refund, RefundItem, RefundReason
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.sold import CreditDraft, CreditedLine, CreditedShare
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import cancelling, invoices, issuing
from trastienda.services.invoices.documents.drafting import written_rate
from trastienda.services.invoices.documents.wording import say
from trastienda.services.orders import orders
from trastienda.services.payments import refunds
from trastienda.services.pricing.rounding import rate

WORDS = {
    RefundReason.CANCELLED: "called_off",
    RefundReason.DAMAGED: "damaged",
    RefundReason.NOT_DELIVERED: "not_delivered",
    RefundReason.OUT_OF_STOCK: "out_of_stock",
    RefundReason.RETURNED: "returned",
    RefundReason.WRONG_ITEM: "wrong_item",
}
"""What a credit note gives as its reason; of all others it says that money was refunded."""


async def credit(session: Session, order: Order, refund: Refund, now: datetime) -> None:
    """Issue the credit notes of a refund, of what has an invoice. Both are locked, or new.

    Raise MoreThanInvoiced or InvoiceSettingsMissing.
    """
    for vouchers in issuing.kinds(order):
        if await invoices.open_of_order(session, order.id, vouchers=vouchers):
            await _credit(session, order, refund, now, vouchers=vouchers)


async def credit_earlier(session: Session, order_id: UUID, now: datetime) -> None:
    """Issue the credit notes of the refunds of an order that were granted before its invoice.

    So the invoice says all that was sold, and with its notes what was paid. Raise as `credit`.
    """
    granted = await refunds.standing(session, order_id)
    if not granted or await invoices.corrected(session, order_id):
        return  # a newer invoice says what earlier notes have left
    order = await orders.claim(session, order_id, None)
    for refund in granted:
        await credit(session, order, refund, now)


async def _credit(
    session: Session, order: Order, refund: Refund, now: datetime, *, vouchers: bool
) -> None:
    """Issue the credit note of a refund about goods and shipping, or about gift cards."""
    cards = {line.id for line in order.lines if line.gift_card is not None}
    items = [item for item in refund.items if (item.line_id in cards) is vouchers]
    if not items:
        return
    word = WORDS.get(refund.reason, "refunded")
    draft = CreditDraft(
        order_id=order.id,
        source_id=issuing.source(refund.id, vouchers=vouchers),
        lines=[
            CreditedLine(
                line_id=item.line_id, quantity=item.quantity, total=item.amount, tax=item.tax
            )
            for item in items
            if item.line_id is not None
        ],
        shipping=[_shipping(item) for item in items if item.line_id is None],
        reason=say(word, Locale(order.locale)),
        vouchers=vouchers,
    )
    await issuing.credit(session, draft, now)


async def withdraw(session: Session, order: Order, refund: Refund, context: Context) -> None:
    """Cancel the credit notes of a refund that was withdrawn, as issued in error; tell of each.

    The order is locked. Notes that staff have cancelled before stay as they are.
    """
    reason = say("refund_withdrawn", Locale(order.locale))
    for vouchers in issuing.kinds(order):
        note_id = await invoices.of_source(session, issuing.source(refund.id, vouchers=vouchers))
        if note_id is None:
            continue
        try:
            await cancelling.cancel(session, note_id, reason, context.asked_at)
        except InvoiceCancelled:
            continue
        told = await invoices.told(session, note_id)
        await events.append(session, event_types.INVOICE_CANCELLED, note_id, told, context)


async def credit_cancelled(
    session: Session, order: Order, refund: Refund | None, now: datetime
) -> None:
    """Credit what the invoices of a cancelled order still charged, if the order has any."""
    if refund is not None and await _credited(session, order):
        await credit(session, order, refund, now)
    else:
        await issuing.withdraw(session, order, now)


async def _credited(session: Session, order: Order) -> bool:
    """Say whether an invoice of an order was credited in part before."""
    for vouchers in issuing.kinds(order):
        invoice_id = await invoices.open_of_order(session, order.id, vouchers=vouchers)
        if invoice_id and await invoices.credited(session, invoice_id):
            return True
    return False


def _shipping(item: RefundItem) -> CreditedShare:
    return CreditedShare(
        rate=written_rate(rate(Decimal(item.rate))), total=item.amount, tax=item.tax
    )
