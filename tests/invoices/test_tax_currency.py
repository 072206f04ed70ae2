"""The tax of invoices in a currency that their seller does not pay taxes in."""

from typing import Any

import pytest
from httpx import AsyncClient
from support.invoices import broken_rules
from support.invoicing import DRAFT, SETTINGS, do_jobs, invoicing, issue
from support.products import an_order
from support.refunds import granted
from support.refusals import refusal

from trastienda.settings import Settings

ALL = "/v1/admin/invoices"
RATE: dict[str, Any] = {
    "currency": "EUR",
    "rate": "4.2655",
    "published_on": "2026-11-27",
    "source": "NBP",
}


async def test_the_tax_is_said_in_the_currency_of_the_seller_at_a_rate_with_its_source(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, "test")
    async with invoicing(staff, tax_currency="PLN", tax_rates=[RATE]) as kept:
        invoice = await issue(staff, order)
    await granted(staff, order, lines=[{"line": order["lines"][0]["id"], "quantity": 1}])
    await do_jobs(order["id"], settings)
    listed = (await staff.get(ALL, params={"order_id": order["id"]})).json()["items"]
    xml, note = [
        (await staff.get(f"{ALL}/{it}/xml")).content for it in (invoice["id"], listed[0]["id"])
    ]

    assert kept["tax_rates"] == [RATE]
    assert b"<ram:TaxCurrencyCode>PLN</ram:TaxCurrencyCode>" in xml
    assert b'currencyID="EUR">5.19<' in xml
    assert b'currencyID="PLN">22.14<' in xml  # 5.19 × 4.2655 = 22.137…
    assert "1 EUR = 4.2655 PLN; NBP, November 27, 2026" in xml.decode()
    assert b'currencyID="PLN">9.26<' in note  # 2.17 × 4.2655 = 9.256…
    assert [broken_rules(it) for it in (xml, note)] == [[], []]


async def test_without_a_rate_no_invoice_is_issued_and_none_is_needed_for_ones_own_currency(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    where = f"/v1/admin/orders/{order['id']}/invoice"
    async with invoicing(staff, tax_currency="PLN", tax_rates=[RATE | {"currency": "USD"}]):
        missing = await staff.post(where)
    async with invoicing(staff, tax_currency="EUR"):
        own = await staff.post(where)

    assert refusal(missing)[:2] == (409, "tax-exchange-rate-missing")
    assert own.status_code == 201


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"tax_rates": [RATE]}, "/tax_rates/0/currency"),
        ({"tax_currency": "EUR", "tax_rates": [RATE]}, "/tax_rates/0/currency"),
        ({"tax_currency": "PLN", "tax_rates": [RATE, RATE]}, "/tax_rates/1/currency"),
    ],
    ids=["into nothing", "into itself", "twice"],
)
async def test_rates_are_one_from_each_other_currency(
    staff: AsyncClient, facts: dict[str, Any], pointer: str
) -> None:
    answer = await staff.put(SETTINGS, json=DRAFT | facts)

    assert refusal(answer) == (422, "tax-exchange-rates-unusable", pointer)
