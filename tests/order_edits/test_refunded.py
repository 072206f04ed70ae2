"""Edits of orders of which something was refunded: they work with what is left."""

from typing import Any

from httpx import AsyncClient
from support.orders.draft_orders import ALL, completed
from support.orders.edits import edited, expect_refused, first
from support.payments.books import channel
from support.people import an_address
from support.products import ADDRESS, a_shipping_option, a_sku_for_sale, an_order
from support.refunds import expect_balanced_books, granted, order_now, refund, send_all
from support.taxes import a_zone

from trastienda.application import Application


async def an_order_of(staff: AsyncClient, *prices: int, off: int) -> dict[str, Any]:
    """Have these things ordered and paid, one of each, with an amount off all of them."""
    lines = [{"sku": await a_sku_for_sale(staff, price=price), "quantity": 1} for price in prices]
    draft = {
        "email": an_address(),
        "lines": lines,
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(490),
        "staff_discount": {"amount": off, "reason": "Agreed"},
    }
    made = await staff.post(ALL, json=draft)
    assert made.status_code == 201, made.text
    return await completed(staff, made.json(), paid=True)


async def test_what_was_refunded_stays_and_the_rest_is_edited(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")  # two at 12.50 and shipping of 4.90
    sku = await a_sku_for_sale(staff, price=1_000)
    await granted(staff, order, lines=[first(order, quantity=1)])

    made = await edited(staff, order, add=[{"sku": sku, "quantity": 2}])
    now = await order_now(staff, order)
    draft = {"payment": {"provider": "test", "token": "ok"}}
    headers = {"X-Order-Token": order["access_token"]}
    paid = await buyer.post(f"/v1/orders/{order['id']}/payments", json=draft, headers=headers)
    less = await edited(staff, order, lines=[first(order, quantity=1)], shipping_price=0)
    await granted(staff, order, lines=[{"line": now["lines"][1]["id"], "quantity": 1}])
    await granted(staff, order, lines=[{"line": now["lines"][1]["id"], "quantity": 1}])
    await send_all(shop)

    assert (made["owed"], now["payment_status"]) == (2_000, "partially_refunded")
    assert (paid.status_code, paid.json()["payment_status"]) == (200, "partially_refunded")
    assert (less["difference"], less["refunded"]) == (-1_740, 1_740)
    after = await order_now(staff, order)
    assert (after["totals"]["total"], after["captured"], after["refunded"]) == (3_250, 4_990, 4_990)
    assert after["payment_status"] == "refunded"
    assert (await refund(staff, order, amount=1)).status_code == 409
    await expect_balanced_books()


async def test_a_discount_that_moves_to_what_was_refunded_is_taken_off_the_rest(
    staff: AsyncClient,
) -> None:
    order = await an_order_of(staff, 1_000, 1_000, 1_000, off=500)  # 25.00 and 4.90
    one, _, three = [it["id"] for it in order["lines"]]
    await granted(staff, order, lines=[{"line": one, "quantity": 1}])  # 8.33

    made = await edited(staff, order, lines=[{"line": three, "quantity": 0}])
    left = (await staff.get(f"/v1/admin/orders/{order['id']}/refundable")).json()
    await granted(staff, order, amount=700)
    await granted(staff, order, lines=[{"line": order["lines"][1]["id"], "quantity": 1}])
    rest = await order_now(staff, order)
    await granted(staff, order, amount=rest["captured"] - rest["refunded"])

    after = await order_now(staff, order)
    assert (made["refunded"], after["totals"]["total"]) == (1_000, 1_990)
    assert sum(it["amount"] for it in left["lines"]) + left["shipping"]["amount"] == 1_157
    assert (after["refunded"], after["payment_status"]) == (2_990, "refunded")
    await expect_balanced_books()


async def test_less_than_was_refunded_is_refused(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer, "test")
    await granted(staff, order, lines=[first(order, quantity=1)], shipping="all")
    france = await a_zone(staff, "21", {"country": "FR"})
    there = {**ADDRESS, "country": "FR"}

    await expect_refused(
        staff, order, "less-than-refunded", lines=[first(order, unit_price=0)], shipping_price=0
    )
    sku = await a_sku_for_sale(staff)
    gone = {"lines": [first(order, quantity=0)], "add": [{"sku": sku, "quantity": 1}]}
    await expect_refused(staff, order, "less-than-refunded", **gone)
    async with channel(staff, tax_source="zones", tax_country="ES", countries=["ES", "FR"]):
        await expect_refused(staff, order, "less-than-refunded", shipping_address=there)
    for where in france:
        await staff.delete(where)
    await edited(staff, order, shipping_price=600)
    await expect_balanced_books()


async def test_what_was_refunded_before_it_was_paid_is_not_asked_for_again(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    where = f"/v1/admin/orders/{order['id']}"
    await staff.post(f"{where}/capture", json={"amount": 1_000})
    await granted(staff, order, amount=1_000)

    made = await edited(staff, order, shipping_price=0)
    await staff.post(f"{where}/capture")
    after = await order_now(staff, order)
    rest = await refund(staff, order, amount=1_500)

    assert made["owed"] == 1_500  # 25.00, of which 10.00 were paid, and paid back
    assert (after["captured"], after["payment_status"]) == (2_500, "partially_refunded")
    assert (rest.status_code, (await order_now(staff, order))["refunded"]) == (201, 2_500)
    await expect_balanced_books()
