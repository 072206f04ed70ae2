"""Invoices of an order that is edited: an invoice never changes, so that a new one replaces it.

A credit note takes back all that the old invoice still charges, and a new invoice charges what is
left of the order as it is now. Together with the credit notes of refunds they say what is owed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.document import Document
from trastienda.schemas.invoices.sold import CreditDraft, CreditedLine, CreditedShare
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.services.invoices import invoices, issuing
from trastienda.services.invoices.documents.drafting import written_rate
from trastienda.services.invoices.documents.wording import say
from trastienda.services.orders import orders
from trastienda.services.payments import refunds
from trastienda.services.pricing.rounding import rate

Charged = Mapping[str, tuple[int, int]]
"""By tax rate, as documents write it: what is charged, tax included, and the tax."""


async def take_back(session: Session, order: Order, edit_id: UUID, now: datetime) -> UUID | None:
    """Credit what the invoice of a locked order still charges, before the order is edited.

    Return the invoice that is to be replaced; None if the order has none. Raise
    InvoiceSettingsMissing or VerifactuInEuros.
    """
    invoice_id = await invoices.open_of_order(session, order.id)
    if invoice_id is None:
        return None
    document = await invoices.document(session, invoice_id)
    charged = _charged(document, await invoices.credit_notes(session, invoice_id))
    if charged:
        left = await _goods_left(session, order)
        lines, shipping, other = _shares(charged, left)
        draft = CreditDraft(
            order_id=order.id,
            source_id=edit_id,
            lines=lines,
            shipping=shipping,
            other=other,
            reason=say("edited", Locale(document.locale)),
        )
        await issuing.credit(session, draft, now)
    return invoice_id


async def issue_anew(session: Session, order: Order, replaced_id: UUID, now: datetime) -> None:
    """Issue the invoice of a locked order that was edited, if anything of it is left.

    Raise InvoiceSettingsMissing or VerifactuInEuros.
    """
    left = await _goods_left(session, order)
    if any(taxed.amount for taxed in left):
        await issuing.replace(session, order, replaced_id, now)


async def _goods_left(session: Session, order: Order) -> list[TaxedAmount]:
    """Return what refunds have left, without gift cards: these are not edited."""
    left = await refunds.left(session, await orders.by_id(session, order.id))
    return [taxed for taxed in left if not taxed.gift_card]


def _charged(document: Document, credited: Sequence[Document]) -> Charged:
    """Return what an invoice charges and no credit note has given back; nothing is left out."""
    totals: Counter[str] = Counter()
    taxes: Counter[str] = Counter()
    for said, sign in [(document, 1), *((note, -1) for note in credited)]:
        for share in said.taxes:
            totals[share.rate] += sign * (share.base + share.tax)
            taxes[share.rate] += sign * share.tax
    return {at: (totals[at], taxes[at]) for at in totals if totals[at]}


def _shares(
    charged: Charged, left: Sequence[TaxedAmount]
) -> tuple[list[CreditedLine], list[CreditedShare], list[CreditedShare]]:
    """Credit lines and shipping where they are what is charged at their rate, else the rate."""
    lines, shipping, other = [], [], []
    for at, (total, tax) in charged.items():
        here = [it for it in left if it.amount and _written(it) == at]
        if (sum(it.amount for it in here), sum(it.tax for it in here)) != (total, tax):
            other.append(CreditedShare(rate=at, total=total, tax=tax))
            continue
        for it in here:
            if it.line_id is None:
                shipping.append(CreditedShare(rate=at, total=it.amount, tax=it.tax))
            else:
                lines.append(
                    CreditedLine(
                        line_id=it.line_id, quantity=it.quantity, total=it.amount, tax=it.tax
                    )
                )
    return lines, shipping, other


def _written(taxed: TaxedAmount) -> str:
    return written_rate(rate(Decimal(taxed.rate)))
