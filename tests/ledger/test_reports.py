"""Reports: each says what it should, and they agree with each other to the cent."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from httpx import AsyncClient
from support.people import a_program
from support.products import a_cart_to_order, a_product, an_order, check_out
from support.refunds import granted, send_all
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role

REPORTS = "/v1/admin/reports"


def these_days(**more: str) -> dict[str, str]:
    """Yesterday to tomorrow: a test that runs at midnight finds its orders as well."""
    today = datetime.now(UTC).date()
    around = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
    return {**around, "by": "month", **more}


async def report(staff: AsyncClient, name: str, **wanted: str) -> list[dict[str, Any]]:
    answer = await staff.get(f"{REPORTS}/{name}", params=these_days(**wanted))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def summed(rows: list[dict[str, Any]], *fields: str) -> list[int]:
    return [sum(row[field] for row in rows) for field in fields]


async def test_sales_are_summed_after_discounts_and_refunds(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_210)
    slug, sku = product["slug"], product["variants"][0]["sku"]
    cart = await a_cart_to_order(buyer, **{sku: 3})
    order = (await check_out(buyer, cart["id"], "test", token="ok")).json()
    await granted(staff, order, lines=[{"line": order["lines"][0]["id"], "quantity": 1}])
    await send_all(shop)

    rows = [it for it in await report(staff, "sales", group="product") if it["group"] == slug]

    assert summed(rows, "gross", "discounts", "refunds", "net", "tax", "total", "orders") == [
        3_000,
        0,
        1_000,
        2_000,
        420,
        2_420,
        1,
    ]


async def test_the_reports_agree_with_each_other(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    await granted(staff, order, amount=777)
    cancelled = await an_order(staff, buyer, "test")
    await staff.post(f"/v1/admin/orders/{cancelled['id']}/cancel")
    await send_all(shop)

    whole = await report(staff, "sales")
    taxes = await report(staff, "taxes")
    for group in ("product", "category", "country"):
        parts = await report(staff, "sales", group=group)
        assert summed(parts, "net", "tax", "total") == summed(whole, "net", "tax", "total")
    assert summed(taxes, "taxable", "tax") == summed(whole, "net", "tax")
    assert all(it["net"] + it["tax"] == it["total"] for it in whole)
    assert all(
        it["gross"] - it["discounts"] + it["shipping"] - it["refunds"] == it["net"] for it in whole
    )
    daily = await report(staff, "sales", by="day")
    assert summed(daily, "total") == summed(whole, "total")
    payments = await report(staff, "payments")
    assert all(it["captured"] - it["refunded"] - it["disputed"] == it["net"] for it in payments)


async def test_what_providers_took_and_paid_back_is_told(
    empty_shop: Application, staff: AsyncClient
) -> None:
    async with await a_program(empty_shop, Role.OWNER) as owner:
        first = await an_order(owner, owner, "test")
        await an_order(owner, owner)  # not paid
        await granted(owner, first, amount=990)
        await send_all(empty_shop)

        (paid,) = await report(owner, "payments")
        (sold,) = await report(owner, "sales")
        stock = await report(owner, "stock")

    assert (paid["provider"], paid["captured"], paid["refunded"], paid["net"]) == (
        "test",
        2_990,
        990,
        2_000,
    )
    assert (sold["orders"], sold["total"]) == (2, 2 * 2_990 - 990)
    assert summed(stock, "received", "sold", "change") == [20, 0, 20]


async def test_a_report_is_a_sheet_too(staff: AsyncClient, buyer: AsyncClient) -> None:
    await an_order(staff, buyer, "test")

    answer = await staff.get(f"{REPORTS}/taxes.csv", params=these_days())

    assert answer.headers["content-type"].startswith("text/csv")
    names, *rows = csv.reader(StringIO(answer.text))
    assert names[:4] == ["period", "currency", "country", "rate"]
    items = await report(staff, "taxes")
    assert [[str(it[name] or "") for name in names[:4]] for it in items] == [it[:4] for it in rows]


async def test_a_cell_never_begins_as_a_formula(staff: AsyncClient) -> None:
    sku = f"=HYPERLINK-{datetime.now(UTC).timestamp()}"
    await a_product(staff, variants=[{"sku": sku, "prices": {"EUR": 1}, "stock": 3}])

    answer = await staff.get(f"{REPORTS}/stock.csv", params=these_days())

    assert f"'{sku}" in answer.text
    assert f",{sku}" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"from": "2026-02-01", "to": "2026-01-31"}, (422, "report-period-unusable")),
        ({"from": "2024-01-01", "to": "2026-01-31"}, (422, "report-period-unusable")),
        ({"from": "2026-02-30", "to": "2026-03-01"}, (400, "invalid-request")),
        ({"from": "2026-02-01"}, (400, "invalid-request")),
        ({"from": "2026-02-01", "to": "2026-02-02", "by": "year"}, (400, "invalid-request")),
    ],
)
async def test_a_time_that_is_none_is_refused(
    staff: AsyncClient, wanted: dict[str, str], told: tuple[int, str]
) -> None:
    answer = await staff.get(f"{REPORTS}/sales", params=wanted)

    assert refusal(answer)[:2] == told
    assert told[0] == 400 or refusal(answer)[2] == "/to"


async def test_reports_are_for_those_who_may_read_them(shop: Application) -> None:
    async with await a_program(shop, Role.WAREHOUSE) as warehouse:
        answers = [
            await warehouse.get(f"{REPORTS}/{name}{form}", params=these_days())
            for name in ("sales", "taxes", "payments", "stock")
            for form in ("", ".csv")
        ]

    assert [refusal(it)[:2] for it in answers] == [(403, "not-allowed")] * 8
