"""Invoices of orders: issued once, frozen, fetched by staff and by buyers."""

import asyncio
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from pypdf import PdfReader
from support.background import ask, body, change, mails_about, relay_all
from support.invoices import broken_rules
from support.invoicing import DRAFT, SETTINGS, do_jobs, invoicing, issue, put_settings
from support.people import a_browser, a_program, an_address
from support.products import an_order
from support.refusals import refusal

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.invoices.sold import CreditDraft, CreditedLine
from trastienda.services.invoices import invoices, issuing
from trastienda.settings import Settings

ALL = "/v1/admin/invoices"


@pytest.fixture
async def order(staff: AsyncClient, buyer: AsyncClient) -> dict[str, Any]:
    await put_settings(staff)
    return await an_order(staff, buyer, email=an_address())


async def test_an_order_has_one_invoice_however_often_it_is_asked_for(
    staff: AsyncClient, order: dict[str, Any]
) -> None:
    where = f"/v1/admin/orders/{order['id']}/invoice"

    first = await staff.post(where)
    again = await staff.post(where)
    many = await asyncio.gather(*(staff.post(where) for _ in range(8)))

    assert (first.status_code, again.status_code) == (201, 200)
    invoice = first.json()
    assert [it.json() for it in (again, *many)] == [invoice] * 9
    assert invoice["kind"] == "invoice"
    assert (invoice["order_id"], invoice["order_number"]) == (order["id"], order["number"])
    assert (invoice["net"], invoice["tax"], invoice["total"]) == (2471, 519, 2990)
    assert invoice["total"] == order["totals"]["total"]
    assert invoice["number"].startswith(f"F{utcnow():%Y}-")
    assert "pdf_sha256" not in invoice
    assert (await staff.get(f"{ALL}/{invoice['id']}")).json() == invoice


async def test_many_asked_for_the_first_time_at_once_are_one(
    staff: AsyncClient, order: dict[str, Any]
) -> None:
    where = f"/v1/admin/orders/{order['id']}/invoice"

    answers = await asyncio.gather(*(staff.post(where) for _ in range(8)))

    assert sorted(it.status_code for it in answers) == [200] * 7 + [201]
    assert len({it.json()["id"] for it in answers}) == 1


async def test_its_files_are_those_that_were_written_once(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice = await issue(staff, order)
    early = await staff.get(f"{ALL}/{invoice['id']}/pdf")
    await do_jobs(order["id"], settings)
    await do_jobs(order["id"], settings)
    ready = (await staff.get(f"{ALL}/{invoice['id']}")).json()
    pdf = await staff.get(f"{ALL}/{invoice['id']}/pdf")
    xml = await staff.get(f"{ALL}/{invoice['id']}/xml")
    known = await staff.get(
        f"{ALL}/{invoice['id']}/pdf", headers={"If-None-Match": pdf.headers["etag"]}
    )

    assert refusal(early)[:2] == (503, "invoice-not-ready")
    assert (pdf.headers["content-type"], pdf.headers["content-disposition"]) == (
        "application/pdf",
        f'attachment; filename="{invoice["number"]}.pdf"',
    )
    assert xml.headers["content-type"].startswith("application/xml")
    assert sha256(pdf.content).hexdigest() == ready["pdf_sha256"]
    assert sha256(xml.content).hexdigest() == ready["xml_sha256"]
    assert PdfReader(BytesIO(pdf.content)).attachments == {"factur-x.xml": [xml.content]}
    assert known.status_code == 304
    assert (
        await ask("SELECT count(*) FROM invoice_files WHERE invoice_id = %s", UUID(invoice["id"]))
    ) == [(1,)]


async def test_nothing_changes_what_was_issued(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    await issue(staff, order)
    await do_jobs(order["id"], settings)

    for statement in (
        "UPDATE invoices SET total = 1",
        "DELETE FROM invoices",
        "TRUNCATE invoices CASCADE",
        "UPDATE invoice_files SET pdf = ''",
        "DELETE FROM invoice_files",
        "DELETE FROM invoice_records",
        "UPDATE invoice_cancellations SET reason = ''",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            await change(statement)


async def test_the_buyer_gets_a_letter_with_a_link_that_opens_it(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    await put_settings(staff)
    orders = [
        await an_order(staff, buyer, email=an_address()),
        await an_order(staff, buyer, email=an_address(), headers={"Accept-Language": "es"}),
    ]
    subjects = ("Your invoice {}", "Su factura {}")

    for order, subject in zip(orders, subjects, strict=True):
        invoice = await issue(staff, order)
        await do_jobs(order["id"], settings)
        (letter,) = await mails_about(invoice["id"], settings)
        link = next(it for it in body(letter).split() if "/invoices/" in it)
        async with a_browser(shop) as stranger:
            opened = await stranger.get(link[link.index("/v1/") :])
            closed = await stranger.get(link[link.index("/v1/") : link.index("?")])

        assert letter["To"] == order["email"]
        assert letter["Subject"] == subject.format(invoice["number"])
        assert opened.content.startswith(b"%PDF-1.7")
        assert refusal(closed)[:2] == (404, "order-not-found")


async def test_buyers_fetch_their_own_as_they_fetch_their_order(
    shop: ASGIApp,
    staff: AsyncClient,
    buyer: AsyncClient,
    order: dict[str, Any],
    settings: Settings,
) -> None:
    other = await an_order(staff, buyer, email=an_address())
    invoice, another = await issue(staff, order), await issue(staff, other)
    await do_jobs(order["id"], settings)
    await do_jobs(other["id"], settings)
    mine = f"/v1/orders/{order['id']}/invoices"
    token = {"X-Order-Token": order["access_token"]}

    async with a_browser(shop) as guest:
        listed = await guest.get(mine, headers=token)
        pdf = await guest.get(f"{mine}/{invoice['id']}/pdf", headers=token)
        xml = await guest.get(f"{mine}/{invoice['id']}/xml", headers=token)
        theirs = await guest.get(f"{mine}/{another['id']}/pdf", headers=token)
        wrong = await guest.get(mine, headers={"X-Order-Token": other["access_token"]})

    assert [it["id"] for it in listed.json()["items"]] == [invoice["id"]]
    assert pdf.content.startswith(b"%PDF")
    assert b"CrossIndustryInvoice" in xml.content
    assert refusal(theirs)[:2] == (404, "invoice-not-found")
    assert refusal(wrong)[:2] == (404, "order-not-found")


async def test_staff_list_them_the_newest_first_and_find_them(
    staff: AsyncClient, buyer: AsyncClient, order: dict[str, Any]
) -> None:
    placed = [order, *[await an_order(staff, buyer, email=an_address()) for _ in range(2)]]
    made = [await issue(staff, it) for it in placed]

    first = (await staff.get(ALL, params={"limit": 2})).json()
    cursor = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await staff.get(ALL, params=cursor)).json()

    listed = [*first["items"], *second["items"]]
    assert listed[:3] == made[::-1]
    for query in ({"number": made[0]["number"]}, {"order_id": order["id"]}):
        found = (await staff.get(ALL, params=query)).json()
        assert found == {"items": [made[0]], "next_cursor": None}
    assert (await staff.get(ALL, params={"kind": "credit_note", "limit": 1})).status_code == 200


@pytest.mark.parametrize("moment", ["placed", "paid", "fulfilled"])
async def test_it_is_issued_when_the_merchant_says(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, moment: str
) -> None:
    async def number_of(order: dict[str, Any]) -> int:
        await do_jobs(order["id"], settings)
        return len((await staff.get(ALL, params={"order_id": order["id"]})).json()["items"])

    async with invoicing(staff, moment=moment):
        order = await an_order(staff, buyer, email=an_address())
        where = f"/v1/admin/orders/{order['id']}"
        placed = await number_of(order)
        await staff.post(f"{where}/capture")
        paid = await number_of(order)
        part = {"lines": [{"line_id": order["lines"][0]["id"], "quantity": 1}]}
        await staff.post(f"{where}/fulfilments", json=part)
        partly = await number_of(order)
        await staff.post(f"{where}/fulfilments", json={})
        sent = await number_of(order)
        at_once = await number_of(await an_order(staff, buyer, "test", email=an_address()))

    since = ["placed", "paid", "part", "fulfilled"].index(moment)
    assert [placed, paid, partly, sent] == [int(place >= since) for place in range(4)]
    assert at_once == int(moment != "fulfilled")


async def test_where_nobody_wants_invoices_an_order_asks_nothing(
    staff: AsyncClient, buyer: AsyncClient, order: dict[str, Any], statements: list[str]
) -> None:
    statements.clear()
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")

    assert not any("invoice" in it for it in statements)


async def test_an_order_that_was_called_off_meanwhile_gets_none(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    async with invoicing(staff, moment="placed"):
        order = await an_order(staff, buyer, email=an_address())
        await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
        await do_jobs(order["id"], settings)
        asked = await staff.post(f"/v1/admin/orders/{order['id']}/invoice")

    assert refusal(asked)[:2] == (409, "order-closed")
    assert (await staff.get(ALL, params={"order_id": order["id"]})).json()["items"] == []


async def test_an_order_that_is_called_off_has_its_invoice_taken_back(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice = await issue(staff, order)
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    await do_jobs(order["id"], settings)

    note, before = (await staff.get(ALL, params={"order_id": order["id"]})).json()["items"]
    assert before["id"] == invoice["id"] == note["corrects"]
    assert (note["net"], note["tax"], note["total"]) == (2471, 519, 2990)
    xml = (await staff.get(f"{ALL}/{note['id']}/xml")).text
    assert "The order was cancelled." in xml
    assert broken_rules(xml.encode()) == []


async def credit(order: dict[str, Any], source: UUID) -> UUID:
    """Give one unit back, as a refund would."""
    line = CreditedLine(line_id=UUID(order["lines"][0]["id"]), quantity=1, total=1250, tax=217)
    draft = CreditDraft(
        order_id=UUID(order["id"]), source_id=source, lines=[line], reason="Returned"
    )
    async with transaction() as session:
        return await issuing.credit(session, draft, utcnow())


async def test_a_refund_has_one_credit_note_in_a_series_of_its_own(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice, source = await issue(staff, order), uuid4()
    ids = {await credit(order, source) for _ in range(3)}
    await do_jobs(order["id"], settings)
    note = (await staff.get(f"{ALL}/{ids.pop()}")).json()
    (letter,) = await mails_about(note["id"], settings)
    xml = (await staff.get(f"{ALL}/{note['id']}/xml")).text

    assert ids == set()
    assert (note["kind"], note["corrects"], note["total"]) == ("credit_note", invoice["id"], 1250)
    assert note["number"].startswith(f"R{utcnow():%Y}-")
    assert letter["Subject"] == f"Your credit note {note['number']}"
    assert f">{invoice['number']}<" in xml
    late = await staff.post(f"{ALL}/{invoice['id']}/cancellation", json={"reason": "Oops"})
    assert refusal(late)[:2] == (409, "invoice-corrected")


async def test_no_more_is_credited_than_was_charged(
    staff: AsyncClient, order: dict[str, Any]
) -> None:
    await issue(staff, order)
    for _ in range(2):
        await credit(order, uuid4())

    with pytest.raises(issuing.MoreThanInvoiced):
        await credit(order, uuid4())
    rows = await ask("SELECT kind FROM invoices WHERE order_id = %s", UUID(order["id"]))
    assert sorted(kind for (kind,) in rows) == ["credit_note", "credit_note", "invoice"]


async def test_an_invoice_issued_in_error_is_cancelled_and_its_number_stays_taken(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice = await issue(staff, order)
    await do_jobs(order["id"], settings)
    where = f"{ALL}/{invoice['id']}/cancellation"

    cancelled = await staff.post(where, json={"reason": "A test"})
    again = await staff.post(where, json={"reason": "A test"})
    anew = await issue(staff, order)
    await relay_all()
    told = await ask(
        "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence", UUID(invoice["id"])
    )

    assert "cancelled_at" in cancelled.json()
    assert refusal(again)[:2] == (409, "invoice-cancelled")
    assert anew["id"] != invoice["id"]
    assert anew["number"] > invoice["number"]
    assert told == [("invoice.issued",), ("invoice.cancelled",)]


async def test_settings_are_read_as_they_were_written(staff: AsyncClient) -> None:
    written = await put_settings(staff, iban="ES91 2100 0418 4502 0005 1332")
    read = await staff.get(SETTINGS)
    stale = await staff.put(SETTINGS, json=DRAFT, headers={"If-Match": '"0"'})

    assert written == DRAFT | {"id": written["id"], "version": written["version"]}
    assert read.json() == written
    assert read.headers["etag"] == f'"{written["version"]}"'
    assert refusal(stale)[:2] == (412, "invoice-settings-changed")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"vat_number": None, "tax_number": None}, (422, "tax-number-missing", "/tax_number")),
        ({"vat_number": "ESB1"}, (422, "vat-number-unusable", "/vat_number")),
        ({"iban": "ES0000000000000000000000"}, (422, "iban-unusable", "/iban")),
        (
            {"credit_note_series": "F{year}-{number}"},
            (422, "series-shared", "/credit_note_series"),
        ),
        (
            {"verifactu": "enabled", "address": DRAFT["address"] | {"country": "PT"}},
            (422, "verifactu-needs-spain", "/verifactu"),
        ),
        (
            {"address": DRAFT["address"] | {"country": "XX"}},
            (422, "country-unknown", "/address/country"),
        ),
        ({"invoice_series": "F{year}"}, (400, "invalid-request", "/invoice_series")),
        ({"invoice_series": "F1{number}"}, (400, "invalid-request", "/invoice_series")),
        ({"invoice_series": "{number}-F"}, (400, "invalid-request", "/invoice_series")),
        ({"moment": "never"}, (400, "invalid-request", "/moment")),
        ({"name": "  "}, (400, "invalid-request", "/name")),
    ],
)
async def test_settings_that_cannot_be_are_refused_and_change_nothing(
    staff: AsyncClient, facts: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    before = await put_settings(staff)

    assert refusal(await staff.put(SETTINGS, json=DRAFT | facts)) == expected
    assert (await staff.get(SETTINGS)).json() == before


async def test_before_there_is_a_seller_there_is_no_invoice(empty_shop: ASGIApp) -> None:
    async with await a_program(empty_shop, Role.OWNER) as owner:
        unread = await owner.get(SETTINGS)
        unknown = await owner.post(f"/v1/admin/orders/{uuid4()}/invoice")

    assert refusal(unread)[:2] in {(404, "invoice-settings-not-found"), (503, "no-channel")}
    assert refusal(unknown)[:2] == (404, "order-not-found")


async def test_who_may_only_read_issues_nothing(
    shop: ASGIApp, staff: AsyncClient, order: dict[str, Any]
) -> None:
    invoice = await issue(staff, order)
    reader = await a_program(shop, None, "invoices.read")
    editor = await a_program(shop, Role.EDITOR)

    async with reader, editor:
        assert (await reader.get(f"{ALL}/{invoice['id']}")).json() == invoice
        for who in (reader, editor):
            answers = [
                await who.post(f"/v1/admin/orders/{order['id']}/invoice"),
                await who.post(f"{ALL}/{invoice['id']}/cancellation", json={"reason": "x"}),
                await who.put(SETTINGS, json=DRAFT),
            ]
            assert [it.status_code for it in answers] == [403] * 3
        assert (await editor.get(ALL)).status_code == 403


async def test_an_invoice_tells_what_a_program_needs(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice = await issue(staff, order)
    await do_jobs(order["id"], settings)
    ((data,),) = await ask("SELECT data FROM events WHERE aggregate_id = %s", UUID(invoice["id"]))

    ready = (await staff.get(f"{ALL}/{invoice['id']}")).json()
    assert data == ready | {"email": order["email"], "locale": "en"}


async def test_what_was_frozen_outlasts_the_settings(
    staff: AsyncClient, order: dict[str, Any], settings: Settings
) -> None:
    invoice = await issue(staff, order)
    async with invoicing(staff, name="Another Name, S.A."):
        await do_jobs(order["id"], settings)
        xml = (await staff.get(f"{ALL}/{invoice['id']}/xml")).text
    async with transaction() as session:
        document = await invoices.document(session, UUID(invoice["id"]))

    assert "Azulejos del Sur, S.L." in xml
    assert document.seller.name == "Azulejos del Sur, S.L."
    assert document.sums.due == 2990


async def test_a_seller_and_a_tax_number_are_enough_to_begin(staff: AsyncClient) -> None:
    least = {name: DRAFT[name] for name in ("name", "address", "tax_number")}

    answer = await staff.put(SETTINGS, json=least)
    await put_settings(staff)

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["invoice_series"], shown["credit_note_series"], shown["moment"]) == (
        "F{year}-{number:05}",
        "R{year}-{number:05}",
        "paid",
    )
