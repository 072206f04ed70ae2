"""What an invoice says in words, in the customer's language."""

from babel.dates import format_date

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.document import Document, TaxCategory
from trastienda.services.shared import currencies
from trastienda.translation import translate

WORDS = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "number": "Number",
    "issued_on": "Date of issue",
    "supplied_on": "Date of supply",
    "order": "Order",
    "seller": "Seller",
    "buyer": "Customer",
    "delivered_to": "Delivered to",
    "vat_number": "VAT number",
    "tax_number": "Tax number",
    "description": "Description",
    "quantity": "Quantity",
    "unit_price": "Unit price",
    "discount": "Discount",
    "rate": "VAT",
    "amount": "Amount",
    "net": "Total without VAT",
    "base": "Taxable amount",
    "tax": "VAT amount",
    "total": "Total",
    "paid": "Paid",
    "due": "Amount due",
    "due_on": "Payment due on",
    "due_on_receipt": "Payment is due on receipt.",
    "iban": "Pay to account",
    "without_tax": "Unit prices, discounts and amounts are without VAT.",
    "shipping": "Shipping",
    "adjustment": "Adjustment",
    "corrects": "Corrects invoice {number} of {date}",
    "reason": "Reason",
    "called_off": "The order was cancelled.",
    "damaged": "The goods were damaged.",
    "edited": "The order was changed. A new invoice replaces it.",
    "not_delivered": "The goods were not delivered.",
    "out_of_stock": "The goods were out of stock.",
    "refunded": "Money was refunded.",
    "refund_withdrawn": "The refund was not carried out.",
    "returned": "The goods were returned.",
    "wrong_item": "The wrong goods were sent.",
    "page": "Page",
    "verifactu": "Invoice verifiable at the electronic office of the Spanish tax agency",
    "exempt_k": "Exempt intra-Community supply of goods, Article 138 of Directive 2006/112/EC."
    " Reverse charge: the customer accounts for the VAT.",
    "exempt_g": "Exempt export of goods, Article 146 of Directive 2006/112/EC.",
    "exempt_e": "Exempt from VAT.",
    "tax_in": "VAT in {currency}: {amount} (1 {base} = {rate} {currency}; {source}, {day})",
    "outside": "Not subject to VAT: multi-purpose vouchers, Article 30b of Directive 2006/112/EC."
    " VAT is charged on what is bought with them.",
}
"""By the second word of their contexts in the catalogue: `invoice total`."""
EXEMPTIONS = {
    TaxCategory.INTRA_COMMUNITY: "exempt_k",
    TaxCategory.EXPORT: "exempt_g",
    TaxCategory.EXEMPT: "exempt_e",
    TaxCategory.OUTSIDE: "outside",
}


def say(word: str, locale: Locale) -> str:
    """Say a word of an invoice in a language."""
    return translate(f"invoice {word}", WORDS[word], locale)


def exemption(category: TaxCategory, locale: Locale) -> str | None:
    """Say why there is no tax; None of what is taxed, if only at 0 %."""
    word = EXEMPTIONS.get(category)
    return say(word, locale) if word else None


def notes(document: Document) -> list[str]:
    """Say what stands below the sums.

    Why there is no tax, what it is in the seller's currency, and why something is given back.
    """
    locale = document.locale
    reasons = [exemption(share.category, locale) for share in document.taxes]
    found = [reason for reason in dict.fromkeys(reasons) if reason]
    if (other := document.tax_in) is not None:
        said = say("tax_in", locale).format(
            currency=other.currency,
            amount=currencies.written(other.tax, other.currency, locale),
            base=document.currency,
            rate=other.rate,
            source=other.source,
            day=format_date(other.published_on, "long", locale.value),
        )
        found.append(said)
    if document.reason:
        found.append(f"{say('reason', locale)}: {document.reason}")
    return found
