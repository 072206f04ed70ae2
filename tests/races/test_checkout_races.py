"""Many at once, over real connections: what is sold is there, and each cart is one order.

`make torture` lets a thousand buyers pay for a hundred units; the suite two hundred for fifty.
"""

import asyncio
import os
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.applications import holding
from support.background import ask, change
from support.payments.books import say, sweep
from support.people import a_browser
from support.products import a_cart_to_order, a_product, a_sku_for_sale, check_out, stock_of
from support.refunds import expect_balanced_books

from trastienda.application import Application
from trastienda.controllers.orders import settle_abandoned
from trastienda.controllers.payments import simulated
from trastienda.services.payments import Providers
from trastienda.services.payments.simulated.cards import SimulatedCards

CARDS = {"provider": "test", "token": "ok"}
BUYERS = int(os.environ.get("BUYERS", "200"))
UNITS = max(BUYERS // 10, 50)
TOKENS = ("ok", "decline", "challenge", "challenge", "timeout", "ok_later")
PAYMENTS: list[dict[str, Any]] = [{}, *({"provider": "test", "token": it} for it in TOKENS)]
LATE = {(409, "/problems/out-of-stock"), (409, "/problems/checkout-in-progress")}
UNEQUAL = """
    SELECT ours.id FROM payment_attempts AS ours
    LEFT JOIN test_payments AS theirs ON theirs.payment_id = ours.id
    WHERE cart_id = ANY (%s) AND (ours.captured <> coalesce(theirs.captured, 0)
        OR ours.captured > ours.refunded AND ours.order_id IS NULL)
"""


async def ready_carts(shop: ASGIApp, number: int, *baskets: dict[str, int]) -> list[str]:
    """Make carts that only need to be paid; baskets take turns."""
    async with a_browser(shop) as buyer:
        return [
            (await a_cart_to_order(buyer, **baskets[turn % len(baskets)]))["id"]
            for turn in range(number)
        ]


async def all_at_once(shop: ASGIApp, carts: list[str], payment: dict[str, str]) -> Counter[object]:
    """Check out carts, fifty from each network address."""
    async with AsyncExitStack() as open_:
        buyers = [await open_.enter_async_context(a_browser(shop)) for _ in carts[::50]]
        tries = (check_out(buyers[n // 50], cart, **payment) for n, cart in enumerate(carts))
        answers = await asyncio.gather(*tries)
    return Counter((it.status_code, it.json().get("type")) for it in answers)


async def test_a_crowd_buys_every_unit_of_two_locations_once_however_it_pays(
    shop: Application, staff: AsyncClient
) -> None:
    product = await a_product(staff, stock=UNITS // 2)
    sku = product["variants"][0]["sku"]
    second = {"code": f"race-{uuid4().hex[:8]}", "name": "Second"}
    await staff.post("/v1/admin/locations", json=second)
    moved = {"quantity": UNITS - UNITS // 2, "reason": "received", "location": second["code"]}
    await staff.post(f"/v1/admin/stock/{sku}/movements", json=moved)
    carts = await ready_carts(shop, BUYERS, {sku: 1})
    hasty = SimulatedCards(simulated, "https://localhost:8443", deadline=0.05)

    with holding(shop, providers=Providers({"test": hasty})):
        answers = await everybody_pays(shop, carts)
        while len(waiting := await under_way(carts)) > 0:
            await finish(shop, waiting)
        late = await everybody_pays(shop, carts)  # what was declined or given up is free again
        while len(waiting := await under_way(carts)) > 0:
            await finish(shop, waiting)
        last = await all_at_once(shop, carts, {})

    levels = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
    assert {it.status_code for it in (*answers, *late)} <= {200, 201, 202, 402, 409, 503}
    assert {it.status_code for it in answers} >= {201, 409}
    assert set(last) <= {(200, None), (201, None), *LATE}
    assert sum(it["on_hand"] for it in levels) == sum(it["reserved"] for it in levels) == UNITS
    assert (await ask("SELECT count(*)::int FROM orders WHERE cart_id = ANY (%s)", carts)) == [
        (UNITS,)
    ]
    assert await ask(UNEQUAL, carts) == []
    page = (await staff.get(f"/v1/products/{product['slug']}")).json()
    assert page["variants"][0]["in_stock"] is False
    await expect_balanced_books()


async def everybody_pays(shop: Application, carts: list[str]) -> list[Response]:
    """Check out carts, fifty from each network address, in all ways there are; some say no."""
    async with AsyncExitStack() as open_:
        buyers = [await open_.enter_async_context(a_browser(shop)) for _ in carts[::50]]

        async def buy(number: int, cart: str) -> Response:
            buyer, payment = buyers[number // 50], PAYMENTS[number % len(PAYMENTS)]
            answer = await check_out(buyer, cart, **payment)
            if answer.status_code == 202 and answer.json()["payment"].get("next_action"):
                await say(buyer, answer, "fail" if number % 2 else "succeed")
            return answer

        return await asyncio.gather(*(buy(number, cart) for number, cart in enumerate(carts)))


async def under_way(carts: list[str]) -> list[str]:
    rows = await ask("SELECT id FROM carts WHERE id = ANY (%s) AND state = 'paying'", carts)
    return [cart for (cart,) in rows]


async def finish(shop: Application, carts: list[str]) -> None:
    """Let the time pass after which the provider goes on, and payments are looked after."""
    await change("UPDATE test_payments SET act_at = now() WHERE act_at > now()")
    while await simulated.go_on():
        pass
    await change(
        "UPDATE payment_attempts SET check_at = now(), leased_until = now()"
        " WHERE cart_id = ANY (%s) AND order_id IS NULL",
        carts,
    )
    await asyncio.gather(sweep(shop), settle_abandoned(shop.process.providers))


async def test_buyers_of_the_same_two_things_in_either_order_never_deadlock(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    one, two = await a_sku_for_sale(staff, stock=40), await a_sku_for_sale(staff, stock=40)
    carts = await ready_carts(shop, 60, {one: 1, two: 1}, {two: 1, one: 1})

    outcomes = await all_at_once(shop, carts, {})

    assert outcomes == {(201, None): 40, (409, "/problems/out-of-stock"): 20}
    for sku in (one, two):
        assert await stock_of(staff, sku) == {"on_hand": 40, "reserved": 40, "available": 0}


@pytest.mark.parametrize("payment", [{}, CARDS], ids=["manual", "card"])
async def test_fifty_checkouts_of_one_cart_make_one_order(
    shop: ASGIApp, staff: AsyncClient, payment: dict[str, str]
) -> None:
    sku = await a_sku_for_sale(staff, stock=50)
    (cart,) = await ready_carts(shop, 1, {sku: 1})

    async with a_browser(shop) as buyer:
        answers = await asyncio.gather(*(check_out(buyer, cart, **payment) for _ in range(50)))
        later = [await check_out(buyer, cart, **payment) for it in answers if it.status_code == 409]

    orders = {it.json()["id"] for it in [*answers, *later] if it.status_code in {200, 201}}
    refusals = {it.json()["type"] for it in answers if it.status_code not in {200, 201}}
    assert len(orders) == 1
    assert [it.status_code for it in answers].count(201) == 1
    assert refusals <= {"/problems/checkout-in-progress"}
    assert {it.status_code for it in later} <= {200}
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_fifty_requests_with_one_key_have_one_effect_and_one_answer(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=50)
    (cart,) = await ready_carts(shop, 1, {sku: 1})
    key: dict[str, Any] = {"headers": {"Idempotency-Key": "k" * 40}}

    async with a_browser(shop) as buyer:
        answers = await asyncio.gather(*(check_out(buyer, cart, **key) for _ in range(50)))

    assert {it.status_code for it in answers} == {201}
    assert len({it.content for it in answers}) == 1
    assert sum("idempotent-replayed" not in it.headers for it in answers) == 1


async def test_lines_put_in_at_once_are_all_kept(shop: ASGIApp, staff: AsyncClient) -> None:
    skus = [await a_sku_for_sale(staff) for _ in range(5)]
    async with a_browser(shop) as buyer:
        cart = (await buyer.post("/v1/carts", json={})).json()
        address = f"/v1/carts/{cart['id']}/lines"
        drafts = [{"sku": sku, "quantity": 1} for sku in skus for _ in range(8)]

        answers = await asyncio.gather(*(buyer.post(address, json=draft) for draft in drafts))
        after = (await buyer.get(f"/v1/carts/{cart['id']}")).json()

    assert {it.status_code for it in answers} == {201}
    assert {line["sku"]: line["quantity"] for line in after["lines"]} == dict.fromkeys(skus, 8)
    assert after["version"] == 1 + 40


async def test_a_cart_does_not_change_while_it_is_paid_for(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=1_000, stock=100)
    (cart,) = await ready_carts(shop, 1, {sku: 1})
    more = {"sku": sku, "quantity": 1}

    async with a_browser(shop) as buyer:
        paid, *added = await asyncio.gather(
            check_out(buyer, cart, **CARDS),
            *(buyer.post(f"/v1/carts/{cart}/lines", json=more) for _ in range(10)),
        )

    before = sum(it.status_code == 201 for it in added)
    late = {it.json()["type"] for it in added if it.status_code != 201}
    order = paid.json()
    assert paid.status_code == 201
    assert order["lines"][0]["quantity"] <= 1 + before
    assert order["totals"]["total"] == 1_000 * order["lines"][0]["quantity"] + 490
    assert late <= {"/problems/cart-closed", "/problems/checkout-in-progress"}
