"""The credit note of a refund: an invoice is corrected in the transaction that grants the money."""

from datetime import datetime
from decimal import Decimal

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import Refund, RefundItem, RefundReason
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.sold import CreditDraft, CreditedLine, CreditedShare
from trastienda.services.invoices import invoices, issuing
from trastienda.services.invoices.documents.drafting import written_rate
from trastienda.services.invoices.documents.wording import say
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
    """Issue the credit note of a refund, if the order has an invoice. Both are locked, or new.

    Raise MoreThanInvoiced or InvoiceSettingsMissing.
    """
    if await invoices.open_of_order(session, order.id) is None:
        return
    word = WORDS.get(refund.reason, "refunded")
    draft = CreditDraft(
        order_id=order.id,
        source_id=refund.id,
        lines=[
            CreditedLine(
                line_id=item.line_id, quantity=item.quantity, total=item.amount, tax=item.tax
            )
            for item in refund.items
            if item.line_id is not None
        ],
        shipping=[_shipping(item) for item in refund.items if item.line_id is None],
        reason=say(word, Locale(order.locale)),
    )
    await issuing.credit(session, draft, now)


async def credit_cancelled(
    session: Session, order: Order, refund: Refund | None, now: datetime
) -> None:
    """Credit what the invoice of a cancelled order still charged, if the order has one."""
    invoice_id = await invoices.open_of_order(session, order.id)
    if refund is not None and invoice_id and await invoices.credited(session, invoice_id):
        await credit(session, order, refund, now)
    else:
        await issuing.withdraw(session, order, now)


def _shipping(item: RefundItem) -> CreditedShare:
    return CreditedShare(
        rate=written_rate(rate(Decimal(item.rate))), total=item.amount, tax=item.tax
    )
