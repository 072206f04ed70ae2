"""Invoices of gift cards: beside those of the goods, not subject to VAT, and held to EN 16931."""

from typing import Any

import pytest
from httpx import AsyncClient
from support.background import ask
from support.invoices import broken_rules
from support.invoicing import DRAFT, do_jobs, invoicing, issue
from support.payments.credit import by_card, pay
from support.payments.gift_sales import a_cart_with, a_voucher_sku, issue_all, vouchers_ordered
from support.products import a_sku_for_sale
from support.refunds import expect_balanced_books, granted

from trastienda.settings import Settings

ALL = "/v1/admin/invoices"


@pytest.mark.parametrize("tax_number", ["B58378431", None])
async def test_goods_and_gift_cards_have_an_invoice_each_and_so_have_their_refunds(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, tax_number: str | None
) -> None:
    goods, voucher = await a_sku_for_sale(staff, price=1_250), await a_voucher_sku(staff)
    cart = await a_cart_with(buyer, {goods: 2, voucher: 1})
    order = (await pay(buyer, cart, payment=by_card())).json()
    async with invoicing(staff, tax_number=tax_number):
        first = await issue(staff, order)
        again = await issue(staff, order)
        await issue_all()
        lines = [{"line": line["id"], "quantity": 1} for line in order["lines"]]
        await granted(staff, order, lines=lines)
    await do_jobs(order["id"], settings)
    listed = (await staff.get(ALL, params={"order_id": order["id"]})).json()["items"]
    files = [(await staff.get(f"{ALL}/{it['id']}/xml")).content for it in listed]
    found = sorted((it["kind"], it["net"], it["tax"], it["total"]) for it in listed)

    assert again == first
    assert (first["total"], first["tax"]) == (2_990, 519)
    assert found == [
        ("credit_note", 1_033, 217, 1_250),
        ("credit_note", 5_000, 0, 5_000),
        ("invoice", 2_471, 519, 2_990),
        ("invoice", 5_000, 0, 5_000),
    ]
    assert [broken_rules(xml) for xml in files] == [[], [], [], []]
    outside = [xml for xml in files if b"VATEX-EU-O" in xml]
    assert len(outside) == 2
    assert all(DRAFT["vat_number"].encode() not in xml for xml in outside) is bool(tax_number)
    await expect_balanced_books()


async def test_an_order_of_gift_cards_alone_that_is_cancelled_is_credited(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with invoicing(staff):
        order = await vouchers_ordered(staff, buyer, 2, paid=False)
        invoice = await issue(staff, order)
        await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    notes: list[Any] = await ask(
        "SELECT kind, total, corrects_id::text FROM invoices WHERE order_id = %s ORDER BY id",
        order["id"],
    )

    assert (invoice["net"], invoice["total"]) == (10_000, 10_000)
    assert notes == [("invoice", 10_000, None), ("credit_note", 10_000, invoice["id"])]
