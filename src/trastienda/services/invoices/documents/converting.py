"""The tax of a document in the currency that its seller pays taxes in. Pure.

Council Directive 2006/112/EC, article 230: amounts may be in any currency, but the tax that is owed
is also said in that of the member state, at a rate of article 91.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import structs

from trastienda.errors import Conflict
from trastienda.schemas.invoices.document import Document, TaxInCurrency
from trastienda.schemas.invoices.settings import TaxExchangeRate
from trastienda.services.invoices.documents.amounts import decimal
from trastienda.services.shared import currencies


def converted(
    document: Document, currency: str | None, rates: Sequence[TaxExchangeRate]
) -> Document:
    """Say the tax of an invoice in another currency, unless it is its own or there is no tax.

    Raise TaxExchangeRateMissing.
    """
    if currency in {None, document.currency} or not document.sums.tax:
        return document
    for rate in rates:
        if rate.currency == document.currency:
            kept = TaxInCurrency(
                currency=currency or "",
                tax=0,
                rate=rate.rate,
                published_on=rate.published_on,
                source=rate.source,
            )
            return as_before(document, kept)
    raise TaxExchangeRateMissing(currency=document.currency)


def as_before(document: Document, corrected: TaxInCurrency | None) -> Document:
    """Say the tax of a credit note at the rate of the invoice that it corrects."""
    if corrected is None or not document.sums.tax:
        return document
    exact = decimal(document.sums.tax, document.currency) * Decimal(corrected.rate)
    digits = currencies.digits(corrected.currency)
    whole = int(exact.scaleb(digits).quantize(Decimal(1), ROUND_HALF_UP))
    return structs.replace(document, tax_in=structs.replace(corrected, tax=whole))


class TaxExchangeRateMissing(Conflict):
    """Before an invoice in this currency, set its rate into the currency of your taxes."""
