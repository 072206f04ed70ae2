"""Parcels of the same units at once, over real connections."""

import asyncio
from collections import Counter

from httpx import AsyncClient, Response
from support.background import ask
from support.orders.parcels import READY, an_order_to_pick_up, fulfil, packed, step
from support.products import an_order, stock_of
from support.refunds import order_now


def statuses(answers: list[Response]) -> Counter[int]:
    return Counter(it.status_code for it in answers)


async def test_units_go_into_one_parcel_however_many_pack_them(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    answers = await asyncio.gather(*(fulfil(staff, order) for _ in range(8)))

    assert statuses(answers) == {201: 1, 409: 7}
    after = await order_now(staff, order)
    assert [it["number"] for it in after["fulfilments"]] == [1]
    assert after["lines"][0]["fulfilled_quantity"] == 2
    assert (await stock_of(staff, order["lines"][0]["sku"]))["on_hand"] == 8


async def test_a_parcel_is_collected_or_unpacked_once(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    orders = [await an_order_to_pick_up(staff, buyer) for _ in range(4)]
    parcels = [await packed(staff, order, **READY) for order in orders]

    answers = await asyncio.gather(
        *(step(staff, parcel, what) for parcel in parcels for what in ("collected", "cancel")),
        *(staff.post(f"/v1/admin/orders/{order['id']}/cancel") for order in orders),
    )

    assert {it.status_code for it in answers} <= {200, 409}
    for order in orders:
        after = await order_now(staff, order)
        ((held,),) = await ask(
            "SELECT count(*) FROM reservations WHERE source_id = ANY (%s)",
            [order["id"], after["fulfilments"][0]["id"]],
        )
        collected = after["fulfilments"][0]["status"] == "collected"
        assert collected or after["status"] == "cancelled"
        stock = await stock_of(staff, order["lines"][0]["sku"])
        assert stock == (
            {"on_hand": 8, "reserved": 0, "available": 8}
            if collected
            else {"on_hand": 10, "reserved": 0, "available": 10}
        )
        assert held == 0
