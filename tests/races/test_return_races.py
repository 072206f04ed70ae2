"""Returns that several people work on at once, over real connections."""

import asyncio
from collections import Counter

from httpx import AsyncClient
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    ask_for,
    asked,
    key_to,
    received,
    return_now,
    step,
)
from support.products import stock_of
from support.refunds import expect_balanced_books, order_now, refund, send_all

from trastienda.application import Application


async def test_a_unit_is_in_one_return_however_often_it_is_asked_for(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)

    answers = await asyncio.gather(*(ask_for(buyer, order, 1) for _ in range(6)))

    assert Counter(it.status_code for it in answers) == {201: 2, 409: 4}
    shown = await order_now(staff, order)
    assert sum(it["lines"][0]["quantity"] for it in shown["returns"]) == 2
    assert sorted(it["number"][-3:] for it in shown["returns"]) == ["-R1", "-R2"]


async def test_goods_arrive_once_however_often_that_is_noted(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 2)

    answers = await asyncio.gather(
        *(step(staff, of, "receipts", lines=arrived(order, 2)) for _ in range(4))
    )

    assert Counter(it.status_code for it in answers) == {201: 1, 409: 3}
    assert (await return_now(staff, of))["lines"][0]["restocked_quantity"] == 2
    assert (await stock_of(staff, order["lines"][0]["sku"]))["on_hand"] == 10


async def test_a_return_and_refunds_at_once_pay_back_what_was_captured_once(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    orders = [await a_sent_order(staff, buyer) for _ in range(4)]
    returns = [await received(staff, buyer, order, 2) for order in orders]
    whole = [[{"line": it["lines"][0]["id"], "quantity": 2}] for it in orders]

    await asyncio.gather(
        *(step(staff, of, "close") for of in returns for _ in range(2)),
        *(
            refund(staff, order, lines=lines, shipping="all")
            for order, lines in zip(orders, whole, strict=True)
        ),
        *(refund(staff, order, amount=1_000) for order in orders),
    )
    await send_all(shop)

    after = [await order_now(staff, order) for order in orders]
    assert all(1_000 <= it["refunded"] <= it["captured"] for it in after)
    assert [(await return_now(staff, of))["status"] for of in returns] == ["closed"] * 4
    await expect_balanced_books()


async def test_a_return_is_withdrawn_or_not_whatever_staff_decide_meanwhile(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    returns = [await asked(buyer, order, 1) for _ in range(2)]
    address = f"/v1/orders/{order['id']}/returns"

    answers = await asyncio.gather(
        *(buyer.post(f"{address}/{of['id']}/withdraw", headers=key_to(order)) for of in returns),
        *(step(staff, of, "approve") for of in returns),
        *(step(staff, of, "refuse", reason="No.") for of in returns),
    )

    withdrawn, decided = answers[:2], [answers[2::2], answers[3::2]]
    for of, gone, staffs in zip(returns, withdrawn, decided, strict=True):
        after = await return_now(staff, of)
        done = [it for it in (gone, *staffs) if it.status_code == 200]
        assert after["version"] == 1 + len(done)
        assert sum(it.status_code == 200 for it in staffs) <= 1
        assert (after["status"] == "withdrawn") is (gone.status_code == 200)


async def test_goods_that_arrive_while_the_return_is_withdrawn_are_counted_or_not(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 2)

    came, gone = await asyncio.gather(
        step(staff, of, "receipts", lines=arrived(order, 2)), step(staff, of, "withdraw")
    )

    assert sorted([came.status_code, gone.status_code]) in ([201, 409], [200, 409])
    on_hand = (await stock_of(staff, order["lines"][0]["sku"]))["on_hand"]
    assert on_hand == (10 if came.status_code == 201 else 8)
