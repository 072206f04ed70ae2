"""Exchanges before the goods have arrived, and stock that is reserved from the approval on."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.orders.parcels import packed
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    ask_for,
    asked,
    good,
    received,
    return_now,
    step,
)
from support.people import a_program
from support.products import a_sku_for_sale, stock_of
from support.refunds import expect_balanced_books, order_now, send_all
from support.refusals import refusal

from trastienda.application import Application
from trastienda.controllers.returns.expire import expire
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.shared.context import Context
from trastienda.settings import Settings


def instead(sku: str, quantity: int = 1) -> dict[str, Any]:
    return {"exchange": [{"sku": sku, "quantity": quantity}]}


async def reserved(staff: AsyncClient, sku: str) -> int:
    return (await stock_of(staff, sku))["reserved"]


async def end(of: dict[str, Any]) -> None:
    await change("UPDATE returns SET expires_at = now() WHERE id = %s", of["id"])
    while await expire(Context(utcnow())):
        pass


async def test_what_is_wanted_is_reserved_from_the_approval_until_the_end(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, order = await a_sku_for_sale(staff, price=500, stock=2), await a_sent_order(staff, buyer)
    first = await asked(buyer, order, 1, **instead(sku, 2))
    before = await reserved(staff, sku)
    good(await step(staff, first, "approve"))
    held = await reserved(staff, sku)
    second = await asked(buyer, await a_sent_order(staff, buyer), 1, **instead(sku))
    short = await step(staff, second, "approve")
    kept = await return_now(staff, second)
    later = good(await step(staff, second, "approve", reserve=False))
    good(await step(staff, first, "receipts", lines=arrived(order, 1)), 201)
    closed = good(await step(staff, first, "close", **instead(sku)))  # one instead of two

    assert (before, held, await reserved(staff, sku)) == (0, 2, 1)
    assert refusal(short)[:2] == (409, "out-of-stock")
    assert (kept["status"], later["status"]) == ("asked", "approved")
    assert closed["exchange_order"]["total"] == 990
    assert await ask("SELECT FROM reservations WHERE source_id = %s", UUID(first["id"])) == []
    await expect_balanced_books()


async def test_what_was_reserved_is_free_again_without_an_exchange(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=500, stock=3)
    orders = [await a_sent_order(staff, buyer) for _ in range(3)]
    withdrawn, late = [await approved(staff, buyer, it, 1, **instead(sku)) for it in orders[:2]]
    money = await received(staff, buyer, orders[2], 1, **instead(sku))
    counts = [await reserved(staff, sku)]
    good(await step(staff, withdrawn, "withdraw"))
    counts.append(await reserved(staff, sku))
    await end(late)
    counts.append(await reserved(staff, sku))
    good(await step(staff, money, "close", exchange=[]))
    counts.append(await reserved(staff, sku))

    assert counts == [3, 2, 1, 0]


async def test_it_is_sent_before_receipt_and_the_goods_pay_it(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    dear, order = await a_sku_for_sale(staff, price=2_000), await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 1, **instead(dear))

    early = good(await step(staff, of, "exchange"))
    fresh = await order_now(staff, early["exchange_order"])
    await packed(staff, fresh)
    mail = (await mails_about(of["id"], settings))[-1]
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)
    again = await step(staff, of, "close", **instead(dear))
    closed = good(await step(staff, of, "close"))
    await send_all(shop)

    after = await order_now(staff, fresh)
    assert (fresh["payment_status"], "payment_due_at" in fresh) == ("pending", False)
    assert fresh["exchange_for"]["return_id"] == of["id"]
    assert f"is your order {fresh['number']}" in body(mail)
    assert refusal(again)[:2] == (409, "return-exchanged")
    assert closed["exchange_order"]["captured"] == 1_250
    assert (after["payment_status"], after["outstanding"]) == ("partially_paid", 1_240)
    to_pay = (await mails_about(fresh["id"], settings))[-1]
    assert to_pay["Subject"].startswith("Please pay €12.40")
    assert await stock_of(staff, dear) == {"on_hand": 9, "reserved": 0, "available": 9}
    await expect_balanced_books()


async def test_of_what_is_cheaper_the_rest_is_paid_back_at_the_end(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cheap, order = await a_sku_for_sale(staff, price=500), await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 1)
    nothing = await step(staff, of, "exchange")
    good(await step(staff, of, "exchange", **instead(cheap)))
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)

    closed = good(await step(staff, of, "close"))
    await send_all(shop)

    assert refusal(nothing)[:2] == (409, "nothing-wanted")
    fresh = await order_now(staff, closed["exchange_order"])
    assert (fresh["payment_status"], fresh["captured"], closed["refunded"]) == ("paid", 990, 1_250)
    await expect_balanced_books()


async def test_who_keeps_the_goods_is_asked_to_pay(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    sku, order = await a_sku_for_sale(staff, price=500), await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 1, **instead(sku))
    early = good(await step(staff, of, "exchange"))
    await end(of)

    to_pay = (await mails_about(early["exchange_order"]["id"], settings))[-1]
    assert to_pay["Subject"].startswith("Please pay €9.90")
    assert (await return_now(staff, of))["status"] == "expired"
    assert await reserved(staff, sku) == 1
    await expect_balanced_books()


async def test_an_order_that_was_cancelled_is_not_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, order = await a_sku_for_sale(staff, price=500), await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 1, **instead(sku))
    early = good(await step(staff, of, "exchange"))
    good(await staff.post(f"/v1/admin/orders/{early['exchange_order']['id']}/cancel"))
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)

    closed = good(await step(staff, of, "close"))
    await send_all(shop)

    assert (closed["refunded"], closed["exchange_order"]["captured"]) == (1_250, 0)
    assert await reserved(staff, sku) == 0
    await expect_balanced_books()


async def test_who_may_and_when(shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient) -> None:
    sku, order = await a_sku_for_sale(staff, price=500, stock=1), await a_sent_order(staff, buyer)
    of = good(await ask_for(buyer, order, 1, **instead(sku)), 201)
    early = await step(staff, of, "exchange")
    good(await step(staff, of, "approve"))
    denied = await step(await a_program(shop, Role.WAREHOUSE), of, "exchange")
    short = await step(staff, of, "exchange", **instead(sku, 2))
    answers = await asyncio.gather(*(step(staff, of, "exchange") for _ in range(3)))

    assert refusal(early)[:2] == (409, "return-not-exchangeable")
    assert refusal(denied)[:2] == (403, "return-refund-not-allowed")
    assert refusal(short)[:2] == (409, "out-of-stock")
    assert Counter(it.status_code for it in answers) == {200: 1, 409: 2}
    assert await reserved(staff, sku) == 1
    await expect_balanced_books()
