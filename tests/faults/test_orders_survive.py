"""Orders that were answered are there, once, whatever dies meanwhile; and the shop comes back."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import psycopg
import pytest
from httpx import HTTPError
from support.processes.nodes import PATIENCE, eventually, nodes, postgres
from support.processes.selling_nodes import Shop
from support.products import ADDRESS

from trastienda.postgres import embedded

pytestmark = pytest.mark.xdist_group("survival")

BUYERS = 6
PAYMENTS = [{"provider": "manual"}, {"provider": "test", "token": "ok"}]


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with nodes(TRASTIENDA_WORKERS=2, TRASTIENDA_RATE_LIMITS="off") as (node,):
        yield Shop(node)


async def buy_until(
    shop: Shop, goods: tuple[str, str], done: asyncio.Event, outcomes: "Counter[int | str]"
) -> list[dict[str, Any]]:
    """Place order after order; return those that were answered 201."""
    sku, option = goods
    placed: list[dict[str, Any]] = []
    contact = {"email": "a@example.com", "shipping_address": ADDRESS, "shipping_option": option}
    async with shop.client() as buyer:
        while not done.is_set():
            try:
                opened = await buyer.post(
                    "/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]}
                )
                outcomes[opened.status_code] += 1
                if opened.status_code != 201:
                    continue
                address = f"/v1/carts/{opened.json()['id']}"
                outcomes[(await buyer.put(f"{address}/contact", json=contact)).status_code] += 1
                payment = PAYMENTS[len(placed) % 2]
                answer = await buyer.post(f"{address}/checkout", json={"payment": payment})
                outcomes[answer.status_code] += 1
                if answer.status_code == 201:
                    placed.append(answer.json())
            except HTTPError as error:
                outcomes[type(error).__name__] += 1
    return placed


async def while_buying(
    shop: Shop, wound: Callable[["Counter[int | str]"], Awaitable[None]]
) -> tuple[list[dict[str, Any]], "Counter[int | str]"]:
    """Let buyers buy while something is done to the shop, and until they have bought again."""
    goods, done, outcomes = await shop.stocked(), asyncio.Event(), Counter[int | str]()
    buying = [asyncio.create_task(buy_until(shop, goods, done, outcomes)) for _ in range(BUYERS)]
    try:
        await reached(outcomes, 201, 60)
        await wound(outcomes)
        await reached(outcomes, 201, outcomes[201] + 60)
    finally:
        done.set()
        placed = [order for orders in await asyncio.gather(*buying) for order in orders]
    return placed, outcomes


async def reached(outcomes: "Counter[int | str]", outcome: int, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while outcomes[outcome] < number:  # noqa: ASYNC110 - a counter wakes nobody
            await asyncio.sleep(0.01)


def books(shop: Shop) -> tuple[set[str], int, int, int]:
    """Return the orders there are, and what the stock, the ledger and orders say is reserved."""
    with embedded.running(shop.node.data) as server, psycopg.connect(server.url) as connection:
        ids = {str(id_) for (id_,) in connection.execute("SELECT id FROM orders")}
        numbers = [
            connection.execute(query).fetchone() or (0,)
            for query in (
                "SELECT sum(reserved)::int FROM stock",
                "SELECT sum(reserved)::int FROM stock_movements",
                """
                SELECT (SELECT coalesce(sum(quantity), 0) FROM order_lines)::int
                    + (SELECT count(*) FROM payment_attempts WHERE state = 'pending')::int
                """,
            )
        ]
    reserved, ledger, promised = (number for (number,) in numbers)
    return ids, reserved, ledger, promised


async def test_a_killed_web_worker_loses_no_order(shop: Shop) -> None:
    async def wound(_: "Counter[int | str]") -> None:
        for worker in shop.node.web_workers():
            worker.send_signal(signal.SIGKILL)
            await asyncio.to_thread(worker.wait)

    placed, outcomes = await while_buying(shop, wound)

    ids, reserved, ledger, promised = books(shop)
    answered = [order["id"] for order in placed]
    assert len(answered) == len(set(answered))
    assert set(answered) <= ids
    assert reserved == ledger == promised
    assert 500 not in outcomes


async def test_a_database_that_restarts_loses_no_order_and_nobody_meets_it_afterwards(
    shop: Shop,
) -> None:
    async def wound(_: "Counter[int | str]") -> None:
        server = postgres(shop.node.data)[0]
        server.send_signal(signal.SIGINT)  # a fast shutdown: every connection is cut
        await asyncio.to_thread(server.wait)
        await asyncio.to_thread(eventually, lambda: postgres(shop.node.data), "PostgreSQL is back")

    placed, outcomes = await while_buying(shop, wound)
    _, afterwards = await while_buying(shop, nothing)

    ids, reserved, ledger, promised = books(shop)
    assert {order["id"] for order in placed} <= ids
    assert reserved == ledger == promised
    assert set(outcomes) <= {200, 201, 409, 503}
    assert set(afterwards) <= {200, 201, 409}


async def nothing(_: "Counter[int | str]") -> None:
    """Leave the shop as it is."""
