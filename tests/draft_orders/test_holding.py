"""Stock that a draft order holds: taken over by its order or given back, once."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.background import ask, change
from support.orders.draft_orders import ALL, a_draft, completed, token_of
from support.people import a_browser
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of
from support.refunds import expect_balanced_books

from trastienda.application import Application
from trastienda.controllers.draft_orders import settle_due
from trastienda.database.db import utcnow
from trastienda.jobs.orders import draft_orders
from trastienda.schemas.shared.context import Context


def in_days(days: int) -> str:
    return (utcnow() + timedelta(days=days)).isoformat()


async def a_holding_draft(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Hold two mugs of two."""
    sku = await a_sku_for_sale(staff, stock=2)
    return await a_draft(staff, sku=sku, reserve_until=in_days(2), **facts)


async def reserved(staff: AsyncClient, draft: dict[str, Any]) -> int:
    return (await stock_of(staff, draft["lines"][0]["sku"]))["reserved"]


async def let_time_pass(draft: dict[str, Any]) -> None:
    await change(
        "UPDATE draft_orders SET reserve_until = now() - interval '1 minute' WHERE id = %s",
        draft["id"],
    )


async def test_what_it_holds_nobody_else_gets_and_its_order_takes_over(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await a_holding_draft(staff)
    sku = made["lines"][0]["sku"]
    refused = await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})
    order = await completed(staff, made)
    held = await ask(
        "SELECT sum(quantity)::int FROM reservations WHERE source_id = %s", UUID(order["id"])
    )
    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    assert made["problems"] == []
    assert [it["available"] for it in refused.json()["problems"] if "available" in it] == [0]
    assert held == [(2,)]
    assert (cancelled.status_code, await reserved(staff, made)) == (200, 0)


async def test_changes_hold_more_or_less_and_deleting_gives_back(staff: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff, stock=5)
    made = await a_draft(staff, sku=sku, reserve_until=in_days(2))
    where, counts = f"{ALL}/{made['id']}", [await reserved(staff, made)]
    for change_ in (
        {"lines": [{"sku": sku, "quantity": 5}]},
        {"note": "Nothing of its stock changes"},
        {"lines": [{"sku": sku, "quantity": 1}]},
        {"reserve_until": None},
        {"reserve_until": in_days(1)},
    ):
        assert (await staff.patch(where, json=change_)).status_code == 200
        counts.append(await reserved(staff, made))
    short = await staff.patch(where, json={"lines": [{"sku": sku, "quantity": 6}]})
    counts.append(await reserved(staff, made))
    await staff.delete(where)

    assert counts == [2, 5, 5, 1, 0, 1, 1]
    assert short.json()["type"] == "/problems/out-of-stock"
    assert short.json()["problems"][0]["sku"] == sku
    assert await reserved(staff, made) == 0


async def test_its_time_ends_and_others_can_buy_it(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await a_holding_draft(staff)
    await let_time_pass(made)
    while await draft_orders.look():
        pass
    read = (await staff.get(f"{ALL}/{made['id']}")).json()
    cart = await a_cart_to_order(buyer, **{made["lines"][0]["sku"]: 1})
    bought = await check_out(buyer, cart["id"])
    late = await staff.post(f"{ALL}/{made['id']}/complete")

    assert (read["reserve_until"], read["expired_at"], read["problems"]) == (None, None, [])
    assert (bought.status_code, late.json()["type"]) == (201, "/problems/out-of-stock")
    assert await reserved(staff, made) == 1


async def test_a_time_that_is_over_or_that_never_comes_is_refused(staff: AsyncClient) -> None:
    made = await a_draft(staff)
    where = f"{ALL}/{made['id']}"
    past = await staff.patch(where, json={"reserve_until": in_days(-1)})
    await change("UPDATE draft_orders SET expires_at = now() WHERE id = %s", made["id"])
    ended = await staff.patch(where, json={"reserve_until": in_days(1)})

    assert past.json()["type"] == ended.json()["type"] == "/problems/reservation-over"
    assert await reserved(staff, made) == 0


async def test_buyer_clock_and_staff_at_once_leave_its_stock_once(
    shop: Application, staff: AsyncClient
) -> None:
    for _ in range(3):
        made = await a_holding_draft(staff)
        opens = {"X-Draft-Order-Token": await token_of(staff, made)}
        order = f"/v1/draft-orders/{made['id']}/order"
        await let_time_pass(made)
        draft_id, context = UUID(made["id"]), Context(utcnow())

        _, *answers = await asyncio.gather(
            settle_due(draft_id, context),
            a_browser(shop).post(order, headers=opens),
            a_browser(shop).post(order, headers=opens),
            staff.delete(f"{ALL}/{made['id']}"),
        )

        ordered = any(it.status_code == 201 for it in answers)
        assert {it.status_code for it in answers} <= {200, 201, 204, 404, 409}
        assert await reserved(staff, made) == (2 if ordered else 0)
        assert await ask("SELECT FROM reservations WHERE source_id = %s", draft_id) == []
    await expect_balanced_books()
