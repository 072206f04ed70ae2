"""What the invoice of a sale says. Pure.

The order has decided every amount, tax by tax, and nothing is rounded anew but the price of a unit
without tax and the discount without tax: what a line costs without tax is its total less its tax.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.schemas.invoices.document import (
    Document,
    DocumentCharge,
    DocumentLine,
    Party,
    Sums,
    TaxCategory,
    TaxShare,
)
from trastienda.schemas.invoices.sold import Sale, SoldLine
from trastienda.services.invoices.documents.amounts import unit_price
from trastienda.services.pricing import rounding
from trastienda.services.pricing.taxes import tax as tax_of
from trastienda.services.taxes import vat_numbers

Taxed = DocumentLine | DocumentCharge


class Issue(NamedTuple):
    """What is known of a document once it has its number."""

    number: str
    issued_at: datetime
    issued_on: date
    seller: Party


def invoice(sale: Sale, issue: Issue) -> Document:
    """Say what the invoice of a sale says."""
    untaxed = untaxed_category(sale, issue.seller)
    lines = [_line(line, sale.currency, untaxed) for line in sale.lines]
    charges = [
        DocumentCharge(
            name=part.name,
            net=part.total - part.tax,
            tax=part.tax,
            category=TaxCategory.STANDARD if part.rate else untaxed,
            rate=written_rate(part.rate),
        )
        for part in sale.shipping
        if part.total
    ]
    sums = add_up(lines, charges, paid=sale.paid)
    supplied_on = sale.supplied_on
    if untaxed is TaxCategory.INTRA_COMMUNITY:
        supplied_on = supplied_on or issue.issued_on  # BR-IC-11 wants a date
    return Document(
        kind=InvoiceKind.INVOICE,
        number=issue.number,
        issued_at=issue.issued_at,
        issued_on=issue.issued_on,
        locale=sale.locale,
        currency=sale.currency,
        seller=issue.seller,
        buyer=Party(
            name=sale.billing_address.name,
            address=sale.billing_address,
            vat_number=sale.vat_number,
        ),
        delivered_to=sale.shipping_address,
        order_number=sale.number,
        ordered_on=sale.ordered_on,
        lines=lines,
        charges=charges,
        taxes=shares([*lines, *charges]),
        sums=sums,
        supplied_on=supplied_on,
        due_on=sale.due_on if sums.due else None,
    )


def untaxed_category(sale: Sale, seller: Party) -> TaxCategory:
    """Say why what has no tax has none (Directive 2006/112/EC, articles 138 and 146)."""
    home, there = seller.address.country, sale.shipping_address.country
    taxed = any(line.rate for line in sale.lines) or any(part.rate for part in sale.shipping)
    if seller.vat_number is None:
        return TaxCategory.EXEMPT
    if taxed or home not in vat_numbers.COUNTRIES or there == home:
        return TaxCategory.ZERO
    if there not in vat_numbers.COUNTRIES:
        return TaxCategory.EXPORT
    if sale.vat_number and vat_numbers.country(sale.vat_number) != home:
        return TaxCategory.INTRA_COMMUNITY
    return TaxCategory.ZERO


def add_up(
    lines: Sequence[DocumentLine], charges: Sequence[Taxed], *, paid: int | None = None
) -> Sums:
    """Add up lines and charges; `paid` is what has been, in minor units; None: all of it."""
    of_lines, of_charges = sum(it.net for it in lines), sum(it.net for it in charges)
    tax = sum(it.tax for it in lines) + sum(it.tax for it in charges)
    total = of_lines + of_charges + tax
    return Sums(
        lines=of_lines,
        charges=of_charges,
        net=of_lines + of_charges,
        tax=tax,
        total=total,
        paid=total if paid is None else paid,
        due=0 if paid is None else total - paid,
    )


def shares(parts: Iterable[Taxed]) -> list[TaxShare]:
    """Add up what is taxed at each rate, the highest rate first."""
    bases: dict[tuple[TaxCategory, str], int] = defaultdict(int)
    sums: dict[tuple[TaxCategory, str], int] = defaultdict(int)
    for part in parts:
        bases[part.category, part.rate] += part.net
        sums[part.category, part.rate] += part.tax
    found = [
        TaxShare(category=category, rate=rate, base=base, tax=sums[category, rate])
        for (category, rate), base in bases.items()
    ]
    return sorted(found, key=lambda it: float(it.rate), reverse=True)


def written_rate(rate: int) -> str:
    return rounding.plain(rounding.percent(rate))


def _line(line: SoldLine, currency: str, untaxed: TaxCategory) -> DocumentLine:
    net = line.total - line.tax
    subtotal = net
    if line.discount:
        before = line.subtotal
        if line.included:
            before -= tax_of(line.subtotal, line.rate, included=True)
        subtotal = max(before, net)
    return DocumentLine(
        name=line.name,
        sku=line.sku,
        detail=", ".join(f"{name}: {value}" for name, value in line.options.items()),
        quantity=line.quantity,
        unit_price=unit_price(subtotal, line.quantity, currency),
        subtotal=subtotal,
        discount=subtotal - net,
        net=net,
        tax=line.tax,
        category=_category(line, untaxed),
        rate=written_rate(line.rate),
    )


def _category(line: SoldLine, untaxed: TaxCategory) -> TaxCategory:
    """Say how a line is taxed; gift cards are when they are used (article 30b)."""
    if line.gift_card:
        return TaxCategory.OUTSIDE
    return TaxCategory.STANDARD if line.rate else untaxed
