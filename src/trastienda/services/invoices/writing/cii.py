"""An invoice as XML: UN/CEFACT Cross Industry Invoice, in the profile EN 16931 of Factur-X.

The numbers in brackets are those of EN 16931's business terms.
"""

from datetime import date
from xml.etree import ElementTree as ET

from trastienda.database.models.invoices.invoice import InvoiceKind
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
from trastienda.services.invoices.documents.amounts import decimal, plain
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import on_one_line

GUIDELINE = "urn:cen.eu:en16931:2017"
TYPES = {InvoiceKind.INVOICE: "380", InvoiceKind.CREDIT_NOTE: "381"}  # UNTDID 1001
DISCOUNT = "95"  # UNTDID 5189
SHIPPING = "FC"  # UNTDID 7161: freight service
TRANSFER = "30"  # UNTDID 4461: credit transfer
PIECE = "C62"  # UN/ECE recommendation 20: one
MOST_DECIMALS = 2
"""Of an amount, in EN 16931 (BR-DEC)."""
EXEMPTIONS = {
    TaxCategory.INTRA_COMMUNITY: "VATEX-EU-IC",
    TaxCategory.EXPORT: "VATEX-EU-G",
    TaxCategory.OUTSIDE: "VATEX-EU-O",
}
_URN = "urn:un:unece:uncefact:data:standard:"
NAMESPACES = {
    "rsm": f"{_URN}CrossIndustryInvoice:100",
    "ram": f"{_URN}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_URN}UnqualifiedDataType:100",
    "qdt": f"{_URN}QualifiedDataType:100",
}
for _prefix, _namespace in NAMESPACES.items():
    ET.register_namespace(_prefix, _namespace)
Node = ET.Element


def can_be_written(document: Document) -> bool:
    """Say whether the standard has enough decimals for its currencies."""
    named = [document.currency] + ([document.tax_in.currency] if document.tax_in else [])
    return all(currencies.digits(it) <= MOST_DECIMALS for it in named)


def write(document: Document) -> bytes:
    """Write the XML of an invoice or a credit note."""
    document = on_one_line(document)
    root = Node(_name("rsm:CrossIndustryInvoice"))
    context = _in(root, "rsm:ExchangedDocumentContext")
    _text(context, "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", GUIDELINE)
    head = _in(root, "rsm:ExchangedDocument")
    _text(head, "ram:ID", document.number)
    _text(head, "ram:TypeCode", TYPES[document.kind])
    _date(_in(head, "ram:IssueDateTime"), document.issued_on)
    for note in wording.notes(document):
        _text(_in(head, "ram:IncludedNote"), "ram:Content", note)
    whole = _in(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(document.lines, 1):
        _line(whole, number, line, document)
    _agreement(_in(whole, "ram:ApplicableHeaderTradeAgreement"), document)
    _delivery(_in(whole, "ram:ApplicableHeaderTradeDelivery"), document)
    _settlement(_in(whole, "ram:ApplicableHeaderTradeSettlement"), document)
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written


def _line(whole: Node, number: int, line: DocumentLine, document: Document) -> None:
    node = _in(whole, "ram:IncludedSupplyChainTradeLineItem")
    _text(node, "ram:AssociatedDocumentLineDocument/ram:LineID", str(number))
    product = _in(node, "ram:SpecifiedTradeProduct")
    if line.sku:
        _text(product, "ram:SellerAssignedID", line.sku)
    _text(product, "ram:Name", line.name)
    if line.detail:
        _text(product, "ram:Description", line.detail)
    price = "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount"
    _text(node, price, line.unit_price)
    quantity = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"
    _text(node, quantity, str(line.quantity)).set("unitCode", PIECE)
    settlement = _in(node, "ram:SpecifiedLineTradeSettlement")
    _tax(settlement, line)
    if line.discount:
        reason = wording.say("discount", document.locale)
        _allowance(settlement, line.discount, (DISCOUNT, reason), document, charge=False)
    sums = "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
    _text(settlement, sums, _amount(line.net, document))


def _agreement(node: Node, document: Document) -> None:
    _party(_in(node, "ram:SellerTradeParty"), document.seller)
    _party(_in(node, "ram:BuyerTradeParty"), document.buyer)
    order = "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID"
    _text(node, order, document.order_number)


def _delivery(node: Node, document: Document) -> None:
    ship_to = _in(node, "ram:ShipToTradeParty")
    _text(ship_to, "ram:Name", document.delivered_to.name)
    _address(ship_to, document.delivered_to)
    if document.supplied_on:
        event = _in(node, "ram:ActualDeliverySupplyChainEvent")
        _date(_in(event, "ram:OccurrenceDateTime"), document.supplied_on)


def _settlement(node: Node, document: Document) -> None:
    if document.tax_in:
        _text(node, "ram:TaxCurrencyCode", document.tax_in.currency)
    _text(node, "ram:InvoiceCurrencyCode", document.currency)
    if document.seller.iban and document.sums.due:
        means = _in(node, "ram:SpecifiedTradeSettlementPaymentMeans")
        _text(means, "ram:TypeCode", TRANSFER)
        account = "ram:PayeePartyCreditorFinancialAccount/ram:IBANID"
        _text(means, account, document.seller.iban)
    for share in document.taxes:
        _share(node, share, document)
    for charge in document.charges:
        reason = (SHIPPING, charge.name or wording.say("shipping", document.locale))
        _tax(_allowance(node, charge.net, reason, document, charge=True), charge)
    if document.sums.due:
        terms = _in(node, "ram:SpecifiedTradePaymentTerms")
        if document.due_on:
            _date(_in(terms, "ram:DueDateDateTime"), document.due_on)
        else:
            _text(terms, "ram:Description", wording.say("due_on_receipt", document.locale))
    _sums(_in(node, "ram:SpecifiedTradeSettlementHeaderMonetarySummation"), document)
    if document.corrects:
        corrected = _in(node, "ram:InvoiceReferencedDocument")
        _text(corrected, "ram:IssuerAssignedID", document.corrects.number)
        issued = _in(corrected, "ram:FormattedIssueDateTime")
        _date(issued, document.corrects.issued_on, "qdt")


def _share(node: Node, share: TaxShare, document: Document) -> None:
    tax = _in(node, "ram:ApplicableTradeTax")
    _text(tax, "ram:CalculatedAmount", _amount(share.tax, document))
    _text(tax, "ram:TypeCode", "VAT")
    if reason := wording.exemption(share.category, document.locale):
        _text(tax, "ram:ExemptionReason", reason)
    _text(tax, "ram:BasisAmount", _amount(share.base, document))
    _text(tax, "ram:CategoryCode", share.category.value)
    if share.category in EXEMPTIONS:
        _text(tax, "ram:ExemptionReasonCode", EXEMPTIONS[share.category])
    if share.category is not TaxCategory.OUTSIDE:
        _text(tax, "ram:RateApplicablePercent", share.rate)


def _sums(node: Node, document: Document) -> None:
    sums = document.sums
    _text(node, "ram:LineTotalAmount", _amount(sums.lines, document))  # BT-106
    _text(node, "ram:ChargeTotalAmount", _amount(sums.charges, document))
    _text(node, "ram:TaxBasisTotalAmount", _amount(sums.net, document))
    tax = _text(node, "ram:TaxTotalAmount", _amount(sums.tax, document))
    tax.set("currencyID", document.currency)
    if other := document.tax_in:
        tax = _text(node, "ram:TaxTotalAmount", plain(decimal(other.tax, other.currency)))
        tax.set("currencyID", other.currency)
    _text(node, "ram:GrandTotalAmount", _amount(sums.total, document))
    _text(node, "ram:TotalPrepaidAmount", _amount(sums.paid, document))
    _text(node, "ram:DuePayableAmount", _amount(sums.due, document))


def _party(node: Node, party: Party) -> None:
    _text(node, "ram:Name", party.name)
    if party.registration:
        _text(node, "ram:Description", party.registration)
    if party.tax_number:
        _text(node, "ram:SpecifiedLegalOrganization/ram:ID", party.tax_number)
    _address(node, party.address)
    registered = "ram:SpecifiedTaxRegistration/ram:ID"
    if party.vat_number:
        _text(node, registered, party.vat_number).set("schemeID", "VA")
    elif party.tax_number:
        _text(node, registered, party.tax_number).set("schemeID", "FC")


def _address(node: Node, address: Address) -> None:
    place = _in(node, "ram:PostalTradeAddress")
    fields = {
        "ram:PostcodeCode": address.postal_code,
        "ram:LineOne": address.line1,
        "ram:LineTwo": address.line2,
        "ram:CityName": address.city,
        "ram:CountryID": address.country,
        "ram:CountrySubDivisionName": address.region,
    }
    for name, value in fields.items():
        if value:
            _text(place, name, value)


def _allowance(
    node: Node, amount: int, reason: tuple[str, str], document: Document, *, charge: bool
) -> Node:
    allowance = _in(node, "ram:SpecifiedTradeAllowanceCharge")
    _text(allowance, "ram:ChargeIndicator/udt:Indicator", "true" if charge else "false")
    _text(allowance, "ram:ActualAmount", _amount(amount, document))
    code, text = reason
    _text(allowance, "ram:ReasonCode", code)
    _text(allowance, "ram:Reason", text)
    return allowance


def _tax(node: Node, taxed: DocumentLine | DocumentCharge) -> None:
    name = "Category" if isinstance(taxed, DocumentCharge) else "Applicable"
    tax = _in(node, f"ram:{name}TradeTax")
    _text(tax, "ram:TypeCode", "VAT")
    _text(tax, "ram:CategoryCode", taxed.category.value)
    if taxed.category is not TaxCategory.OUTSIDE:
        _text(tax, "ram:RateApplicablePercent", taxed.rate)


def _date(node: Node, day: date, kind: str = "udt") -> None:
    _text(node, f"{kind}:DateTimeString", f"{day:%Y%m%d}").set("format", "102")


def _amount(amount: int, document: Document) -> str:
    return plain(decimal(amount, document.currency))


def _in(node: Node, name: str) -> Node:
    return ET.SubElement(node, _name(name))


def _text(node: Node, path: str, text: str) -> Node:
    for name in path.split("/"):
        node = _in(node, name)
    node.text = text or "-"  # what is left of a name that could not be shown
    return node


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
