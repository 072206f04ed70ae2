"""What a credit note says: what is given back, in the words of the invoice that it corrects. Pure.

Its amounts are positive, as EN 16931 wants them of a credit note (type 381).
"""

from collections.abc import Mapping
from uuid import UUID

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.errors import Invalid
from trastienda.schemas.invoices.document import (
    Corrected,
    Document,
    DocumentLine,
    TaxCategory,
)
from trastienda.schemas.invoices.sold import (
    CreditDraft,
    CreditedLine,
    CreditedShare,
    Sale,
    SoldLine,
)
from trastienda.services.invoices.documents.amounts import unit_price
from trastienda.services.invoices.documents.drafting import Issue, add_up, shares, written_rate
from trastienda.services.invoices.documents.wording import say


def whole(sale: Sale, about: tuple[UUID, UUID], reason: str) -> CreditDraft:
    """Give back all of a sale; `about` is its order, and what the credit note is about."""
    order_id, source_id = about
    return CreditDraft(
        order_id=order_id,
        source_id=source_id,
        lines=[
            CreditedLine(line_id=it.id, quantity=it.quantity, total=it.total, tax=it.tax)
            for it in sale.lines
        ],
        shipping=[
            CreditedShare(rate=written_rate(it.rate), total=it.total, tax=it.tax)
            for it in sale.shipping
        ],
        reason=reason,
    )


def total(draft: CreditDraft) -> int:
    """Add up what is given back, tax included."""
    without_line = [*draft.shipping, *draft.other]
    return sum(it.total for it in draft.lines) + sum(it.total for it in without_line)


def credit_note(
    corrected: Document, sold: Mapping[UUID, SoldLine], draft: CreditDraft, issue: Issue
) -> Document:
    """Say what is given back. `sold` are the lines of the order, by their ids.

    Raise CreditUnusable for a line or a rate that the invoice does not have.
    """
    lines = [_line(line, sold, corrected) for line in draft.lines if line.total]
    lines += [_share(share, "shipping", corrected) for share in draft.shipping if share.total]
    lines += [_share(share, "adjustment", corrected) for share in draft.other if share.total]
    if not lines:
        raise CreditUnusable
    return Document(
        kind=InvoiceKind.CREDIT_NOTE,
        number=issue.number,
        issued_at=issue.issued_at,
        issued_on=issue.issued_on,
        locale=corrected.locale,
        currency=corrected.currency,
        seller=issue.seller,
        buyer=corrected.buyer,
        delivered_to=corrected.delivered_to,
        order_number=corrected.order_number,
        ordered_on=corrected.ordered_on,
        lines=lines,
        charges=[],
        taxes=shares(lines),
        sums=add_up(lines, []),
        supplied_on=corrected.supplied_on,
        corrects=Corrected(number=corrected.number, issued_on=corrected.issued_on),
        reason=draft.reason,
    )


def _line(line: CreditedLine, sold: Mapping[UUID, SoldLine], corrected: Document) -> DocumentLine:
    if line.line_id not in sold:
        raise CreditUnusable
    goods, rate = sold[line.line_id], written_rate(sold[line.line_id].rate)
    net, quantity = line.total - line.tax, max(line.quantity, 1)
    return DocumentLine(
        name=goods.name,
        sku=goods.sku,
        detail=", ".join(f"{name}: {value}" for name, value in goods.options.items()),
        quantity=quantity,
        unit_price=unit_price(net, quantity, corrected.currency),
        subtotal=net,
        discount=0,
        net=net,
        tax=line.tax,
        category=_category(rate, corrected),
        rate=rate,
    )


def _share(share: CreditedShare, word: str, corrected: Document) -> DocumentLine:
    net = share.total - share.tax
    return DocumentLine(
        name=say(word, corrected.locale),
        sku="",
        detail="",
        quantity=1,
        unit_price=unit_price(net, 1, corrected.currency),
        subtotal=net,
        discount=0,
        net=net,
        tax=share.tax,
        category=_category(share.rate, corrected),
        rate=share.rate,
    )


def _category(rate: str, corrected: Document) -> TaxCategory:
    """Tax it as the invoice did."""
    for share in corrected.taxes:
        if share.rate == rate:
            return share.category
    raise CreditUnusable


class CreditUnusable(Invalid):
    """A credit note gives back something of what its invoice charged."""
