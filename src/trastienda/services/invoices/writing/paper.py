"""What is printed of an invoice: texts, ready as they stand on paper."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale as Language
from babel.dates import format_date
from babel.numbers import format_decimal

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.document import (
    Document,
    DocumentCharge,
    DocumentLine,
    Party,
    TaxCategory,
    TaxShare,
)
from trastienda.schemas.shared.address import Address
from trastienda.services.invoices.documents import wording
from trastienda.services.invoices.documents.wording import say
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import on_one_line

Printed = dict[str, Any]


class Writer:
    """Writes amounts, dates and words in the language and currency of one document."""

    def __init__(self, document: Document) -> None:
        """Write as the document's customer reads."""
        self.locale, self.currency = document.locale, document.currency

    def say(self, word: str) -> str:
        return say(word, self.locale)

    def money(self, amount: int) -> str:
        return currencies.written(amount, self.currency, self.locale)

    def decimal(self, value: str) -> str:
        """Write a price of a unit with all the decimals that it has."""
        number = Decimal(value)
        places = max(0, -int(number.as_tuple().exponent))
        pattern = f"#,##0.{'0' * places}" if places else "#,##0"
        return format_decimal(number, pattern, self.locale.value, decimal_quantization=False)

    def percent(self, taxed: DocumentLine | DocumentCharge | TaxShare) -> str:
        """Write a rate; what is not subject to tax has none."""
        if taxed.category is TaxCategory.OUTSIDE:
            return "-"
        rate = format_decimal(Decimal(taxed.rate), "#,##0.########", self.locale.value)
        return f"{rate} %"

    def day(self, day: date) -> str:
        return format_date(day, "long", self.locale.value)


def printed(document: Document) -> Printed:
    """Return what the template prints, in texts on one line each."""
    document = on_one_line(document)
    write = Writer(document)
    heading = write.say(document.kind.value)
    return {
        "lang": document.locale.value,
        "title": f"{heading} {document.number}",
        "heading": heading,
        "facts": list(_facts(document, write)),
        "seller": _party(document.seller, "seller", document.locale),
        "parties": list(_parties(document)),
        "columns": [
            write.say(word)
            for word in ("description", "quantity", "unit_price", "discount", "rate", "amount")
        ],
        "rows": [_row(line, write) for line in document.lines] + list(_charges(document, write)),
        "tax_columns": ["", *(write.say(word) for word in ("rate", "base", "tax"))],
        "taxes": [
            ["", write.percent(it), write.money(it.base), write.money(it.tax)]
            for it in document.taxes
        ],
        "sums": list(_sums(document, write)),
        "notes": [*_payment(document, write), *wording.notes(document), write.say("without_tax")],
        "footer": document.seller.registration or document.seller.name,
        "words": {word: write.say(word) for word in ("page", "verifactu")},
        "qr_says": document.qr or "",
    }


def _facts(document: Document, write: Writer) -> Iterator[tuple[str, str]]:
    yield write.say("number"), document.number
    yield write.say("issued_on"), write.day(document.issued_on)
    if document.supplied_on and document.supplied_on != document.issued_on:
        yield write.say("supplied_on"), write.day(document.supplied_on)
    order = f"{document.order_number} ({write.day(document.ordered_on)})"
    yield write.say("order"), order
    if document.due_on:
        yield write.say("due_on"), write.day(document.due_on)
    if document.corrects:
        corrected = document.corrects
        said = write.say("corrects").format(
            number=corrected.number, date=write.day(corrected.issued_on)
        )
        yield "", said


def _parties(document: Document) -> Iterator[Printed]:
    locale, buyer = document.locale, document.buyer
    yield _party(document.seller, "seller", locale)
    yield _party(buyer, "buyer", locale)
    if document.delivered_to != buyer.address:
        delivered = _address(document.delivered_to, locale)
        lines = [document.delivered_to.name or "-", *delivered]
        yield {"label": say("delivered_to", locale), "lines": lines}


def _party(party: Party, word: str, locale: Locale) -> Printed:
    lines = [party.name or "-", *_address(party.address, locale)]
    if party.vat_number:
        lines.append(f"{say('vat_number', locale)}: {party.vat_number}")
    if party.tax_number and party.tax_number != party.vat_number:
        lines.append(f"{say('tax_number', locale)}: {party.tax_number}")
    return {"label": say(word, locale), "lines": lines}


def _address(address: Address, locale: Locale) -> list[str]:
    place = " ".join(it for it in (address.postal_code, address.city) if it)
    country = Language.parse(locale.value).territories.get(address.country, address.country)
    lines = [address.line1, address.line2, place, address.region, country]
    return [it for it in lines if it]


def _row(line: DocumentLine, write: Writer) -> Printed:
    detail = " · ".join(it for it in (line.sku, line.detail) if it)
    cells = [
        str(line.quantity),
        write.decimal(line.unit_price),
        write.money(-line.discount) if line.discount else "",
        write.percent(line),
        write.money(line.net),
    ]
    return {"name": line.name or "-", "detail": detail, "cells": cells}


def _charges(document: Document, write: Writer) -> Iterator[Printed]:
    for charge in document.charges:
        name = f"{write.say('shipping')}: {charge.name}" if charge.name else write.say("shipping")
        cells = ["1", "", "", write.percent(charge), write.money(charge.net)]
        yield {"name": name, "detail": "", "cells": cells}


def _sums(document: Document, write: Writer) -> Iterator[Printed]:
    sums = document.sums
    wanted = [("net", sums.net), ("tax", sums.tax), ("total", sums.total)]
    if document.kind is InvoiceKind.INVOICE:
        wanted += [("paid", sums.paid), ("due", sums.due)]
    for word, amount in wanted:
        strong = word == "total"
        yield {"label": write.say(word), "amount": write.money(amount), "strong": strong}


def _payment(document: Document, write: Writer) -> Iterator[str]:
    if not document.sums.due:
        return
    if document.due_on is None:
        yield write.say("due_on_receipt")
    if document.seller.iban:
        yield f"{write.say('iban')}: {document.seller.iban}"
