"""Invoices on paper: PDF/A-3b, in the customer's language, with the XML inside."""

from io import BytesIO
from typing import cast

import pytest
from msgspec import structs
from pypdf import PdfReader
from pypdf.generic import ArrayObject, StreamObject
from support.invoices import MADRID, a_line, a_sale, an_invoice

from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.pricing.pricing import ShippingToPrice
from trastienda.services.invoices.verifactu import records as verifactu
from trastienda.services.invoices.writing import files
from trastienda.services.pricing.rounding import PERCENT

SALE = a_sale([a_line(1250, 3), a_line(799, 7, 10)], ShippingToPrice(price=490, rate=21 * PERCENT))


def read(pdf: bytes) -> str:
    return " ".join(" ".join(it.extract_text() for it in PdfReader(BytesIO(pdf)).pages).split())


def metadata(pdf: bytes) -> str:
    found = PdfReader(BytesIO(pdf)).root_object["/Metadata"]
    assert isinstance(found, StreamObject)
    return found.get_data().decode()


def test_an_invoice_says_all_that_the_law_wants() -> None:
    text = read(files.make(an_invoice(SALE)).pdf)

    for said in (
        "Factura",
        "2026-00001",
        "30 de noviembre de 2026",
        "Azulejos del Sur, S.L.",
        "ESB58378431",
        "Registro Mercantil de Sevilla",
        "Ana García",
        "Calle Mayor 1",
        "Mug 1",
        "10,33",  # a unit without tax
        "30,99 €",
        "21 %",
        "10 %",
        "Envío: Correos",
        "Base imponible",
        "Cuota de IVA",
    ):
        assert said in text, said


def test_it_speaks_the_customers_language() -> None:
    text = read(files.make(an_invoice(structs.replace(SALE, locale=Locale.ENGLISH))).pdf)

    for said in ("Invoice", "November 30, 2026", "€30.99", "Taxable amount", "Shipping: Correos"):
        assert said in text, said


def test_the_same_document_gives_the_same_bytes() -> None:
    document = an_invoice(SALE)

    assert files.make(document) == files.make(document)


def test_the_xml_is_inside_and_the_pdf_says_so() -> None:
    made = files.make(an_invoice(SALE))
    reader, said = PdfReader(BytesIO(made.pdf)), metadata(made.pdf)

    assert reader.attachments == {"factur-x.xml": [made.xml]}
    root = reader.root_object
    (attached,) = cast("ArrayObject", root["/AF"])
    assert str(attached.get_object()["/AFRelationship"]) == "/Alternative"
    assert "/OutputIntents" in root
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in said
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in said
    assert "<pdfaSchema:prefix>fx</pdfaSchema:prefix>" in said
    assert "/ID" in reader.trailer


def test_a_currency_of_three_decimals_is_on_paper_alone() -> None:
    made = files.make(an_invoice(structs.replace(SALE, currency="KWD")))

    assert made.xml is None
    assert made.xml_sha256 is None
    assert PdfReader(BytesIO(made.pdf)).attachments == {}


@pytest.mark.parametrize(
    "name",
    [
        '#panic() #read("/etc/passwd") $x$ *b* _i_ `c` <label> @ref',
        '"]; #eval("1+1") \\ // /* ',
        "= Heading",
        "{{7*7}} %s ${x}",
    ],
)
def test_what_people_type_is_never_markup(name: str) -> None:
    sale = structs.replace(SALE, billing_address=structs.replace(MADRID, name=name))

    assert "".join(name.split()) in "".join(read(files.make(an_invoice(sale)).pdf).split())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Łukasz Žižka Ωμέγα Ирина", "Łukasz Žižka Ωμέγα Ирина"),
        ("王小明 Wang", "??? Wang"),
        ("Ada 😀", "Ada ?"),
        ("\u202eevil\x01", "evil"),
        ("\u202e", "-"),
        ("\u0378 Ω", "? ?"),
        ("x" * 200, "xxx"),
    ],
)
def test_a_name_that_no_font_has_stops_no_invoice(name: str, shown: str) -> None:
    sale = structs.replace(SALE, billing_address=structs.replace(MADRID, name=name))
    made = files.make(an_invoice(sale))

    assert shown in read(made.pdf)
    if "王" in name:
        assert "王小明" in (made.xml or b"").decode()


def test_a_spanish_invoice_carries_the_agencys_square() -> None:
    document = an_invoice(SALE)
    address = verifactu.qr(document, "B58378431", VerifactuMode.ENABLED)

    plain, square = files.make(document), files.make(structs.replace(document, qr=address))

    assert "VERI*FACTU" in read(square.pdf)
    assert "VERI*FACTU" not in read(plain.pdf)
    assert address == (
        "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR"
        "?nif=B58378431&numserie=2026-00001&fecha=30-11-2026&importe=98.33"
    )


def test_an_invoice_of_two_hundred_lines_has_several_pages() -> None:
    long = a_sale([a_line(100 + place) for place in range(200)])

    assert len(PdfReader(BytesIO(files.make(an_invoice(long)).pdf)).pages) > 3
