"""How often one client may open carts and order, and one e-mail address is written to."""

import asyncio
from collections import Counter as Tally
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.applications import alive
from support.background import ask, change
from support.people import a_browser, a_customer, a_program, an_address, count_rows
from support.products import ADDRESS, a_cart_to_order, a_sku_for_sale, check_out, stock_of
from support.statements import Counting, CountingPrepared

from trastienda import application
from trastienda.controllers.orders.place import UNPAID_AN_HOUR
from trastienda.database.db import Database
from trastienda.middlewares.requests.rates import CARTS, CHECKOUTS, Counter, Rate
from trastienda.settings import Settings, Switch


class Clock:
    """Time as the test wants it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def counting(shop: ASGIApp, settings: Settings, clock: Clock) -> AsyncIterator[ASGIApp]:
    """Open another web worker of the same shop, which counts."""
    database = Database(settings.database_url or "", 20, Counting, CountingPrepared)
    app = application.create(settings, database, counter=Counter(clock))
    async with alive(app):
        yield app


async def all_at_once(number: int, what: Any) -> Tally[tuple[int, str | None]]:  # noqa: ANN401
    """Do something very often, as fast as one client may: fewer at once than are refused."""
    room = asyncio.Semaphore(50)

    async def one(turn: int) -> Response:
        async with room:
            answer: Response = await what(turn)
            return answer

    answers = await asyncio.gather(*(one(turn) for turn in range(number)))
    return Tally((it.status_code, it.json().get("type")) for it in answers)


def test_so_many_at_once_and_then_one_by_one(clock: Clock) -> None:
    counter, rate = Counter(clock), Rate("x", burst=3, seconds=2.0)
    at_once = [counter.wait(rate, "ada") for _ in range(5)]
    other, another = counter.wait(rate, "bob"), counter.wait(Rate("y", 3, 2.0), "ada")
    clock.now += 1.5
    soon = counter.wait(rate, "ada")
    clock.now += 0.5
    later = [counter.wait(rate, "ada") for _ in range(2)]
    clock.now += 100
    rested = [counter.wait(rate, "ada") for _ in range(4)]

    assert at_once == [0, 0, 0, 2.0, 2.0]
    assert (other, another, soon) == (0, 0, 0.5)
    assert later == [0, 2.0]
    assert rested == [0, 0, 0, 2.0]


def test_a_million_clients_take_no_more_room_than_some(clock: Clock) -> None:
    counter, rate = Counter(clock, most_remembered=100), Rate("x", burst=1, seconds=9.0)
    for number in range(10_000):
        counter.wait(rate, str(number))

    assert [counter.wait(rate, str(number)) for number in (9_999, 9_900, 0)] == [9.0, 9.0, 0]


async def test_a_client_that_floods_the_shop_with_carts_has_to_wait(
    counting: ASGIApp, clock: Clock
) -> None:
    before = await count_rows("carts")
    async with a_browser(counting) as flood, a_browser(counting) as buyer:
        outcomes = await all_at_once(150, lambda _: flood.post("/v1/carts", json={}))
        refused = await flood.post("/v1/carts", json={}, headers={"Accept-Language": "es"})
        elsewhere = await buyer.post("/v1/carts", json={})
        clock.now += CARTS.seconds
        later = await flood.post("/v1/carts", json={})

    assert outcomes == {(201, None): CARTS.burst, (429, "/problems/too-often"): 150 - CARTS.burst}
    assert refused.headers["retry-after"] == "2"
    assert refused.json()["title"].startswith("Esto se ha pedido muy a menudo")
    assert (elsewhere.status_code, later.status_code) == (201, 201)
    assert await count_rows("carts") == before + CARTS.burst + 2


async def test_a_server_with_a_key_asks_for_all_of_its_buyers(counting: ASGIApp) -> None:
    async with await a_program(counting, None, "catalogue.read") as front_end:
        outcomes = await all_at_once(120, lambda _: front_end.post("/v1/carts", json={}))

    assert outcomes == {(201, None): 120}


async def test_behind_a_proxy_each_of_its_clients_is_counted(
    shop: ASGIApp, settings: Settings, clock: Clock
) -> None:
    there = msgspec.structs.replace(settings, behind_proxy=Switch.ON)
    app = application.create(
        there, Database(settings.database_url or "", 20), counter=Counter(clock)
    )
    async with alive(app), a_browser(app) as proxy:

        async def passed_on(client: str) -> Response:
            headers = {"X-Forwarded-For": f"203.0.113.99, {client}"}
            return await proxy.post("/v1/carts", json={}, headers=headers)

        many = await all_at_once(120, lambda turn: passed_on(f"198.51.100.{turn}"))
        one = await all_at_once(120, lambda turn: passed_on(f"2001:db8::{turn:x}"))

    assert many == {(201, None): 120}
    assert one == {(201, None): CARTS.burst, (429, "/problems/too-often"): 120 - CARTS.burst}


async def test_limits_are_off_where_they_are_switched_off(
    shop: ASGIApp, settings: Settings
) -> None:
    there = msgspec.structs.replace(settings, rate_limits=Switch.OFF)
    app = application.create(there, Database(settings.database_url or "", 20))
    async with alive(app), a_browser(app) as flood:
        outcomes = await all_at_once(CARTS.burst + 20, lambda _: flood.post("/v1/carts", json={}))

    assert outcomes == {(201, None): CARTS.burst + 20}


async def test_a_client_orders_so_often_and_no_more(counting: ASGIApp, staff: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff)
    async with a_browser(counting) as flood, a_browser(counting) as buyer:
        cart = await ready(flood, sku, an_address())
        outcomes = await all_at_once(CHECKOUTS.burst + 5, lambda _: check_out(flood, "none"))
        refused = await check_out(flood, cart)
        before = await stock_of(staff, sku)
        elsewhere = await check_out(buyer, cart)

    assert outcomes == {
        (404, "/problems/cart-not-found"): CHECKOUTS.burst,
        (429, "/problems/too-often"): 5,
    }
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "4")
    assert before["reserved"] == 0
    assert elsewhere.status_code == 201


async def ready(buyer: AsyncClient, sku: str, email: str) -> str:
    cart = await a_cart_to_order(buyer, **{sku: 1})
    contact = {"email": email, "shipping_address": ADDRESS}
    contact["shipping_option"] = cart["shipping_option"]["id"]
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    return str(cart["id"])


@pytest.fixture
async def victims(counting: ASGIApp, staff: AsyncClient) -> tuple[str, list[str]]:
    """Prepare 17 carts of one address, all about different things."""
    email = an_address()
    skus = [await a_sku_for_sale(staff, stock=9) for _ in range(5)]
    async with a_browser(counting) as buyer:
        carts = [await ready(buyer, skus[turn % 5], email.upper()) for turn in range(17)]
    return email, carts


async def test_no_address_gets_more_than_some_mails_about_orders(
    counting: ASGIApp, staff: AsyncClient, victims: tuple[str, list[str]]
) -> None:
    email, carts = victims
    async with a_browser(counting) as one, a_browser(counting) as two:
        clients = (one, two)
        outcomes = await all_at_once(17, lambda turn: check_out(clients[turn % 2], carts[turn]))
        placed = await ask("SELECT id, cart_id FROM orders WHERE email_key = %s", email)
        left = next(cart for cart in carts if cart not in {row[1] for row in placed})
        refused = await check_out(two, left)
        kept = (await two.get(f"/v1/carts/{left}")).json()
        first = placed[0][0]
        await staff.post(f"/v1/admin/orders/{first}/capture")
        paid = await check_out(two, left)

    assert outcomes == {(201, None): UNPAID_AN_HOUR, (429, "/problems/too-many-orders"): 7}
    assert len(placed) == UNPAID_AN_HOUR
    assert 3_500 < int(refused.headers["retry-after"]) <= 3_600
    assert kept["problems"] == []
    assert paid.status_code == 201
    assert await ask(
        "SELECT count(*) FROM events WHERE type = 'order.placed' AND data ->> 'email' = %s",
        email.upper(),
    ) == [(UNPAID_AN_HOUR + 1,)]


async def test_an_hour_later_there_may_be_another_order(
    counting: ASGIApp, victims: tuple[str, list[str]]
) -> None:
    _, carts = victims
    async with a_browser(counting) as buyer:
        await all_at_once(UNPAID_AN_HOUR, lambda turn: check_out(buyer, carts[turn]))
        refused = await check_out(buyer, carts[-1])
        await change(
            "UPDATE orders SET placed_at = placed_at - interval '1 hour' WHERE cart_id = %s",
            carts[0],
        )
        later = await check_out(buyer, carts[-1])
        again = await check_out(buyer, carts[-2])

    assert (refused.status_code, later.status_code, again.status_code) == (429, 201, 429)


async def test_owners_and_programs_that_write_orders_may_have_more(
    counting: ASGIApp, staff: AsyncClient, victims: tuple[str, list[str]]
) -> None:
    email, carts = victims
    owner = await a_customer(counting, email)
    async with (
        await a_program(counting, None, "orders.write") as till,
        await a_program(counting, None, "catalogue.read") as front_end,
    ):
        theirs = await all_at_once(11, lambda turn: check_out(owner, carts[turn]))
        tills = await all_at_once(5, lambda turn: check_out(till, carts[11 + turn]))
        refused = await check_out(front_end, carts[-1])

    assert theirs == {(201, None): 11}
    assert tills == {(201, None): 5}
    assert refused.json()["type"] == "/problems/too-many-orders"


async def test_to_count_costs_no_statement(
    shop: ASGIApp, counting: ASGIApp, staff: AsyncClient, statements: list[str]
) -> None:
    async def ran(app: ASGIApp) -> list[str]:
        async with a_browser(app) as buyer:
            await check_out(buyer, await ready(buyer, sku, an_address()))
            cart = await ready(buyer, sku, an_address())
            statements.clear()
            await buyer.post("/v1/carts", json={})
            assert (await check_out(buyer, cart)).status_code == 201
            return [it for it in statements if it != "BEGIN"]

    sku = await a_sku_for_sale(staff, stock=9)
    free, counted = await ran(shop), await ran(counting)

    assert len(counted) == len(free) > 3
