"""The XML of invoices, held to the schema and to every rule of EN 16931."""

from datetime import date
from uuid import uuid4

import pytest
from facturx import xml_check_xsd  # type: ignore[import-untyped]  # it comes without types
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from support.invoices import (
    BERLIN,
    MADRID,
    SELLER,
    TOKYO,
    a_line,
    a_sale,
    an_invoice,
    an_issue,
    broken_rules,
    total_of,
)

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.invoices.document import Document, TaxCategory, TaxShare
from trastienda.schemas.invoices.sold import CreditDraft, CreditedLine, CreditedShare, Sale
from trastienda.schemas.pricing.pricing import PromotionToApply, ShippingToPrice
from trastienda.services.invoices.documents.crediting import CreditUnusable, credit_note
from trastienda.services.invoices.writing import cii
from trastienda.services.pricing.rounding import PERCENT

TEN_OFF = PromotionToApply(name="Ten", kind=PromotionKind.ORDER_PERCENT, percent=10 * PERCENT)
SHIPPING = ShippingToPrice(price=490, rate=21 * PERCENT)


def two_rates(**facts: object) -> Sale:
    lines = [a_line(1250, 3), a_line(799, 7, 10), a_line(333, 2, 4)]
    return a_sale(lines, SHIPPING, [TEN_OFF], **facts)  # type: ignore[arg-type] # any facts


def exported(**facts: object) -> Sale:
    untaxed = [a_line(1250, 3, 0), a_line(799, 1, 0)]
    return a_sale(untaxed, ShippingToPrice(price=490, rate=0), **facts)  # type: ignore[arg-type]


def problems_of(document: Document) -> list[str]:
    xml = cii.write(document)
    xml_check_xsd(xml, flavor="factur-x", level="en16931")
    return broken_rules(xml)


def a_credit_note(sale: Sale, invoice: Document, **facts: object) -> Document:
    first = sale.lines[0]
    back = CreditedLine(line_id=first.id, quantity=1, total=1125, tax=195)
    draft = CreditDraft(order_id=uuid4(), source_id=uuid4(), lines=[back], reason="Broken")
    draft = structs.replace(draft, **facts)
    return credit_note(invoice, {it.id: it for it in sale.lines}, draft, an_issue("R2026-00001"))


DOCUMENTS = {
    "two rates, discounts and shipping": an_invoice(two_rates()),
    "a discount on shared shipping, not paid yet": an_invoice(
        two_rates(paid=0, due_on=date(2026, 12, 7))
    ),
    "not paid, without a day": an_invoice(two_rates(paid=0)),
    "prices without tax": an_invoice(
        a_sale(
            [a_line(1250, 3, included=False), a_line(799, 7, 10, included=False)],
            ShippingToPrice(price=490, rate=21 * PERCENT, included=False),
            [TEN_OFF],
        )
    ),
    "shared shipping, rounded once": an_invoice(
        a_sale(
            [a_line(1250, 3), a_line(799, 7, 10)],
            ShippingToPrice(price=490, rate=0, shared=True),
            [TEN_OFF],
            Rounding.DOCUMENT,
        )
    ),
    "to a business in the EU": an_invoice(
        exported(
            shipping_address=BERLIN,
            billing_address=BERLIN,
            vat_number="DE136695976",
            supplied_on=None,
        )
    ),
    "out of the EU, in yen": an_invoice(
        exported(currency="JPY", shipping_address=TOKYO, billing_address=TOKYO)
    ),
    "in yen, with tax": an_invoice(two_rates(currency="JPY")),
    "a seller without a VAT number": an_invoice(
        exported(), seller=structs.replace(SELLER, vat_number=None)
    ),
    "given away": an_invoice(a_sale([a_line(0)])),
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_an_invoice_keeps_every_rule_of_the_standard(document: Document) -> None:
    assert problems_of(document) == []


def test_a_wrong_document_is_found_to_be_wrong() -> None:
    document = an_invoice(two_rates())
    sums = structs.replace(document.sums, total=document.sums.total + 1)

    broken = problems_of(structs.replace(document, sums=sums))

    assert any("BR-CO-15" in it for it in broken), broken


def test_it_says_what_the_order_says_tax_by_tax() -> None:
    sale = two_rates()
    document = an_invoice(sale)

    assert (
        document.sums.total
        == total_of(sale)
        == sum((document.sums.lines, document.sums.charges, document.sums.tax))
    )
    standard, reduced, lowest = document.taxes
    assert (standard.rate, reduced.rate, lowest.rate) == ("21", "10", "4")
    assert standard.tax == sale.lines[0].tax + sale.shipping[0].tax
    assert standard.base + standard.tax == sale.lines[0].total + sale.shipping[0].total
    assert (reduced.tax, lowest.tax) == (sale.lines[1].tax, sale.lines[2].tax)


def test_a_business_in_the_eu_is_told_that_it_accounts_for_the_tax() -> None:
    document = DOCUMENTS["to a business in the EU"]
    xml = cii.write(document).decode()

    assert document.taxes == [
        TaxShare(category=TaxCategory.INTRA_COMMUNITY, rate="0", base=5039, tax=0)
    ]
    assert "VATEX-EU-IC" in xml
    assert "Inversión del sujeto pasivo" in xml
    assert ">DE136695976<" in xml


def test_an_export_names_its_article() -> None:
    assert "VATEX-EU-G" in cii.write(DOCUMENTS["out of the EU, in yen"]).decode()


def test_a_credit_note_refers_to_the_invoice_that_it_corrects() -> None:
    sale = two_rates()
    note = a_credit_note(sale, an_invoice(sale))
    xml = cii.write(note).decode()

    assert problems_of(note) == []
    assert ">381<" in xml
    assert "<ram:IssuerAssignedID>2026-00001</ram:IssuerAssignedID>" in xml
    assert (note.sums.net, note.sums.tax, note.sums.total) == (930, 195, 1125)


def test_shipping_and_goodwill_alone_can_be_given_back() -> None:
    sale = two_rates()
    note = a_credit_note(
        sale,
        an_invoice(sale),
        lines=[],
        shipping=[CreditedShare(rate="21", total=490, tax=85)],
        other=[CreditedShare(rate="10", total=110, tax=10)],
    )

    assert problems_of(note) == []
    assert [line.name for line in note.lines] == ["Envío", "Ajuste"]
    assert [(it.rate, it.base, it.tax) for it in note.taxes] == [("21", 405, 85), ("10", 100, 10)]


@pytest.mark.parametrize(
    "facts",
    [
        {"lines": []},
        {"lines": [CreditedLine(line_id=uuid4(), quantity=1, total=1, tax=0)]},
        {"other": [CreditedShare(rate="7", total=1, tax=0)]},
    ],
    ids=["nothing", "an unknown line", "an unknown rate"],
)
def test_nothing_is_given_back_that_was_not_charged(facts: dict[str, object]) -> None:
    sale = two_rates()

    with pytest.raises(CreditUnusable):
        a_credit_note(sale, an_invoice(sale), **facts)


def test_hostile_names_stay_text() -> None:
    name = '</ram:Name><x>&amp; ]]> \u202e\x01 "'
    address = structs.replace(MADRID, name=name)

    document = an_invoice(two_rates(billing_address=address))
    assert problems_of(document) == []
    assert "&lt;/ram:Name&gt;" in cii.write(document).decode()
    nothing = structs.replace(MADRID, name="\u202e\x01")
    assert problems_of(an_invoice(two_rates(billing_address=nothing))) == []


def test_a_currency_of_three_decimals_has_no_xml() -> None:
    assert not cii.can_be_written(an_invoice(two_rates(currency="KWD")))


lines = st.builds(
    a_line,
    st.integers(0, 100_000),
    st.integers(1, 9_999),
    st.sampled_from([0, 4, 10, 21, 25]),
    included=st.booleans(),
)
freights = st.builds(
    ShippingToPrice,
    st.integers(0, 5_000),
    st.sampled_from([0, 21 * PERCENT]),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(lines, min_size=1, max_size=6),
    freights,
    st.integers(0, 100),
    st.sampled_from(Rounding),
)
def test_whatever_was_sold_adds_up_without_tax(
    sold: list[object], freight: ShippingToPrice, percent: int, rounding: Rounding
) -> None:
    promotion = structs.replace(TEN_OFF, percent=percent * PERCENT)

    document = an_invoice(a_sale(sold, freight, [promotion], rounding))  # type: ignore[arg-type]

    sums = document.sums
    assert sum(it.base for it in document.taxes) == sums.net == sums.lines + sums.charges
    assert sum(it.tax for it in document.taxes) == sums.tax
    assert sums.net + sums.tax == sums.total == sums.paid + sums.due
    for line in document.lines:
        assert line.subtotal - line.discount == line.net
        assert round(float(line.unit_price) * line.quantity * 100 - line.subtotal) == 0
        assert line.discount >= 0
