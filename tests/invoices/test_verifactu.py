"""The hashes that the Spanish tax agency publishes."""

from datetime import datetime, timedelta, timezone

from msgspec import structs
from support.invoices import a_line, a_sale, an_invoice

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.schemas.invoices.record import CancelledFields, IssuedFields
from trastienda.services.invoices.verifactu import records as verifactu

FIRST = "3C464DAF61ACB827C65FDA19F352A4E3BDC2C640E9E9FC4CC058073F38F12F60"
SECOND = "F7B94CFD8924EDFF273501B01EE5153E4CE8F259766F88CF6ACB8935802A2B97"
CANCELLED = "177547C0D57AC74748561D054A9CEC14B4C4EA23D1BEFD6F2E69E3A388F90C68"
PUBLISHED = IssuedFields(
    issuer="89890001K",
    number="12345678/G33",
    issued_on="01-01-2024",
    type="F1",
    tax="12.35",
    total="123.45",
    previous="",
    at="2024-01-01T19:20:30+01:00",
)


def test_the_agencys_examples_give_the_agencys_hashes() -> None:
    next_one = structs.replace(
        PUBLISHED, number="12345679/G34", previous=FIRST, at="2024-01-01T19:20:35+01:00"
    )
    cancelled = CancelledFields(
        issuer="89890001K",
        number="12345679/G34",
        issued_on="01-01-2024",
        previous=SECOND,
        at="2024-01-01T19:20:40+01:00",
    )

    assert verifactu.hash_of_issued(PUBLISHED) == FIRST
    assert verifactu.hash_of_issued(next_one) == SECOND
    assert verifactu.hash_of_cancelled(cancelled) == CANCELLED


def test_a_record_says_what_the_invoice_says() -> None:
    document = an_invoice(a_sale([a_line(1210)]))
    note = structs.replace(document, kind=InvoiceKind.CREDIT_NOTE)
    business = structs.replace(document.buyer, vat_number="ESA28015865")
    at = datetime(2026, 11, 30, 11, 15, 0, 5, timezone(timedelta(hours=1)))

    fields = verifactu.issued(document, "B58378431", FIRST, at)

    assert fields == IssuedFields(
        issuer="B58378431",
        number="2026-00001",
        issued_on="30-11-2026",
        type="F2",
        tax="2.10",
        total="12.10",
        previous=FIRST,
        at="2026-11-30T11:15:00+01:00",
    )
    back = verifactu.issued(note, "B58378431", "", at)
    assert (back.type, back.tax, back.total) == ("R5", "-2.10", "-12.10")
    known = structs.replace(document, buyer=business)
    assert verifactu.issued(known, "B58378431", "", at).type == "F1"
