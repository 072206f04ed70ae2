"""Exchanges: goods that came back pay an order of what is wanted instead."""

import asyncio
from collections import Counter
from typing import Any

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, mails_about
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    ask_for,
    good,
    key_to,
    received,
    return_now,
    step,
)
from support.people import a_program
from support.products import a_shipping_option, a_sku_for_sale, stock_of
from support.refunds import expect_balanced_books, granted, now, order_now, send_all
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role
from trastienda.settings import Settings


def instead(sku: str, quantity: int = 1) -> dict[str, Any]:
    return {"exchange": [{"sku": sku, "quantity": quantity}]}


async def new_order(staff: AsyncClient, closed: dict[str, Any]) -> dict[str, Any]:
    return await order_now(staff, closed["exchange_order"])


async def test_what_is_dearer_is_owed_for_the_difference(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=2_000)
    of = await received(staff, buyer, order, 1, **instead(sku))

    closed = good(await step(staff, of, "close"))
    await send_all(shop)

    fresh = await new_order(staff, closed)  # 20.00 and shipping of 4.90, of which 12.50 are paid
    assert of["exchange"] == instead(sku)["exchange"]
    assert closed["exchange_order"] == {
        "id": fresh["id"],
        "number": fresh["number"],
        "total": 2_490,
        "captured": 1_250,
    }
    assert (fresh["payment_status"], fresh["captured"]) == ("partially_paid", 1_250)
    assert (fresh["email"], fresh["shipping_address"]) == (
        order["email"],
        order["shipping_address"],
    )
    assert fresh["exchange_for"] == {
        "order_id": order["id"],
        "return_id": of["id"],
        "number": of["number"],
    }
    assert await stock_of(staff, sku) == {"on_hand": 10, "reserved": 1, "available": 9}
    made = await now(staff, {"id": closed["refund_id"]})
    assert [(it["provider"], it["amount"], it["status"]) for it in made["transfers"]] == [
        ("exchange", 1_250, "done")
    ]
    mail = (await mails_about(of["id"], settings))[-1]
    assert f"is your order {fresh['number']}" in body(mail)
    assert "but for €12.40" in body(mail)
    to_pay = (await mails_about(fresh["id"], settings))[-1]
    assert to_pay["Subject"].startswith("Please pay €12.40")
    await expect_balanced_books()
    draft = {"payment": {"provider": "test", "token": "ok"}, "expected_amount": 1_240}
    (link,) = [it for it in body(to_pay).split() if "access_token=" in it]
    token = {"X-Order-Token": link.partition("access_token=")[2]}
    address = f"/v1/orders/{fresh['id']}/payments"
    good(await buyer.post(address, json=draft, headers=token))
    assert (await order_now(staff, fresh))["payment_status"] == "paid"
    await expect_balanced_books()


async def test_of_what_is_cheaper_the_rest_is_paid_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=500)
    of = await received(staff, buyer, order, 1, **instead(sku))

    closed = good(await step(staff, of, "close"))
    await send_all(shop)

    fresh = await new_order(staff, closed)
    assert (fresh["payment_status"], fresh["captured"]) == ("paid", 990)
    made = await now(staff, {"id": closed["refund_id"]})
    assert made["status"] == "succeeded"
    assert [(it["provider"], it["amount"], it["status"]) for it in made["transfers"]] == [
        ("exchange", 990, "done"),
        ("test", 260, "done"),
    ]
    (mail,) = await mails_about(made["id"], settings)
    assert "We have refunded €2.60" in body(mail)
    cash = await ask(
        "SELECT sum(amount)::int FROM ledger_entries WHERE account = 'cash'"
        " AND provider = 'exchange'"
    )
    assert cash == [(0,)]
    await expect_balanced_books()


async def test_what_an_exchange_paid_is_given_back_by_hand(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=500)
    of = await received(staff, buyer, order, 1, **instead(sku))
    fresh = await new_order(staff, good(await step(staff, of, "close")))

    made = await granted(staff, fresh, amount=100)
    good(await staff.post(f"/v1/admin/orders/{fresh['id']}/cancel"))
    await send_all(shop)

    assert [(it["provider"], it["amount"]) for it in made["transfers"]] == [("manual", 100)]
    after = await order_now(staff, fresh)
    assert (after["status"], after["refunded"]) == ("cancelled", 990)
    assert (await stock_of(staff, sku))["available"] == 10
    await expect_balanced_books()


async def test_staff_choose_something_else_or_the_money(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, other = await a_sku_for_sale(staff, price=500), await a_sku_for_sale(staff, price=600)
    way = await a_shipping_option(0)
    orders = [await a_sent_order(staff, buyer) for _ in range(3)]
    money = await received(staff, buyer, orders[0], 1, **instead(sku))
    at_end = await received(staff, buyer, orders[1], 1, **instead(sku))
    early = good(await ask_for(buyer, orders[2], 1), 201)
    good(await step(staff, early, "approve", **instead(other, 2)))
    good(await step(staff, early, "receipts", lines=arrived(orders[2], 1)), 201)

    paid_back = good(await step(staff, money, "close", exchange=[]))
    changed = good(await step(staff, at_end, "close", **instead(other), shipping_option=way))
    doubled = good(await step(staff, early, "close", shipping_option=way))
    nothing = await received(staff, buyer, orders[0], 1, **instead(sku))
    kept = good(await step(staff, nothing, "close", refund=False))

    assert (paid_back["exchange_order"], paid_back["refunded"]) == (None, 1_250)
    assert changed["exchange_order"]["total"] == 600
    assert doubled["exchange_order"]["total"] == 1_200
    assert (kept["exchange_order"], kept["refunded"]) == (None, None)
    await expect_balanced_books()


async def test_what_cannot_be_had_leaves_the_return_as_it_is(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=500, stock=1)
    unknown = await ask_for(buyer, order, 1, **instead("NO-SUCH-SKU"))
    wanted = await ask_for(buyer, order, 1, **instead(sku, 2))
    approved_ = good(await step(staff, good(wanted, 201), "approve", reserve=False))
    of = good(await step(staff, approved_, "receipts", lines=arrived(order, 1)), 201)
    warehouse = await a_program(shop, Role.WAREHOUSE)

    too_many = await step(staff, of, "close")
    nowhere = await step(staff, of, "close", **instead(sku), shipping_option=order["id"])
    denied = await step(warehouse, of, "close", **instead(sku))

    assert refusal(unknown) == (422, "sku-unknown", "/exchange/0/sku")
    assert refusal(too_many)[:2] == (409, "out-of-stock")
    assert refusal(nowhere)[:2] == (404, "shipping-option-not-found")
    assert refusal(denied) == (403, "return-refund-not-allowed", None)
    assert await return_now(staff, of) == of
    assert (await order_now(staff, order))["refunded"] == 0
    assert (await stock_of(staff, sku))["reserved"] == 0


async def test_a_return_is_exchanged_once_however_often_it_is_closed(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=500)
    of = await received(staff, buyer, order, 2, **instead(sku))

    answers = await asyncio.gather(*(step(staff, of, "close") for _ in range(4)))
    await send_all(shop)

    assert Counter(it.status_code for it in answers) == {200: 1, 409: 3}
    assert (await stock_of(staff, sku))["reserved"] == 1
    seen = good(await buyer.get(f"/v1/orders/{order['id']}/returns", headers=key_to(order)))
    assert seen["items"][0]["exchange_order"]["captured"] == 990
    await expect_balanced_books()


async def test_an_exchange_of_what_was_never_paid_is_an_unpaid_order(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, sku = await a_sent_order(staff, buyer, "manual"), await a_sku_for_sale(staff, price=500)
    of = await approved(staff, buyer, order, 1, **instead(sku))
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)

    denied = await step(await a_program(shop, Role.WAREHOUSE), of, "close")
    fresh = await new_order(staff, good(await step(staff, of, "close")))

    assert refusal(denied) == (403, "return-refund-not-allowed", None)
    assert (fresh["payment_status"], fresh["captured"]) == ("pending", 0)
    await expect_balanced_books()
