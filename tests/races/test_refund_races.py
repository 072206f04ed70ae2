"""Refunds of one order by many at once, over real connections."""

import asyncio
from collections import Counter

from httpx import AsyncClient
from support.background import ask
from support.products import an_order
from support.refunds import expect_balanced_books, order_now, refund, send_all

from trastienda.application import Application


async def test_what_was_captured_is_paid_back_once_however_many_ask(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")  # 29.90

    answers = await asyncio.gather(*(refund(staff, order, amount=400) for _ in range(50)))
    await asyncio.gather(*(send_all(shop) for _ in range(4)))

    assert Counter(it.status_code for it in answers) == {201: 7, 409: 43}
    assert (await order_now(staff, order))["refunded"] == 2_800
    paid = await ask(
        "SELECT sum(transfer.amount)::int, count(*)::int FROM refund_transfers AS transfer"
        " JOIN refunds ON refunds.id = transfer.refund_id"
        " WHERE refunds.order_id = %s AND transfer.state = 'done'",
        order["id"],
    )
    assert paid == [(2_800, 7)]
    await expect_balanced_books()


async def test_cancelling_and_refunding_at_once_pay_back_no_more_than_was_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    orders = [await an_order(staff, buyer, "test") for _ in range(6)]

    await asyncio.gather(
        *(staff.post(f"/v1/admin/orders/{order['id']}/cancel") for order in orders),
        *(refund(staff, order, amount=1_000) for order in orders),
        *(refund(staff, order, shipping="all") for order in orders),
    )
    await send_all(shop)

    after = [await order_now(staff, order) for order in orders]
    assert [(it["status"], it["payment_status"]) for it in after] == [("cancelled", "refunded")] * 6
    assert [it["refunded"] for it in after] == [2_990] * 6
    await expect_balanced_books()
