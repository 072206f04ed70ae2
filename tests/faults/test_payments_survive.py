"""Payments end well whatever dies: every charge at the provider is an order, or goes back."""

import asyncio
import signal
from collections import Counter
from collections.abc import Iterator
from itertools import cycle

import psutil
import psycopg
import pytest
from httpx import AsyncClient, HTTPError
from support.processes.nodes import PATIENCE, eventually, nodes
from support.processes.selling_nodes import Shop
from support.products import ADDRESS

from trastienda.postgres import embedded

pytestmark = pytest.mark.xdist_group("survival")

BUYERS = 6
KILLS = 4
TOKENS = ("ok", "ok_later", "challenge", "decline")
WAITING = """
    SELECT count(*) FROM payment_attempts
    WHERE state IN ('pending', 'requires_action', 'processing') OR operation IS NOT NULL
"""
LATER = """
    UPDATE payment_attempts SET leased_until = now(), held_until = now(), check_at = now()
    WHERE state IN ('pending', 'requires_action', 'processing')
"""
"""As if those who do not come back had been waited for."""
UNEQUAL = """
    SELECT payment_attempts.id, payment_attempts.state, test_payments.state,
        payment_attempts.captured, test_payments.captured
    FROM payment_attempts LEFT JOIN test_payments ON test_payments.payment_id = payment_attempts.id
    WHERE payment_attempts.captured <> coalesce(test_payments.captured, 0)
"""
BARE = """
    SELECT id FROM payment_attempts WHERE captured > refunded AND order_id IS NULL
    UNION SELECT payment_attempts.id FROM payment_attempts JOIN orders ON orders.id = order_id
    WHERE payment_attempts.captured <> orders.captured
"""
UNBALANCED = "SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount) <> 0"
STOCK = """
    SELECT (SELECT sum(reserved) FROM stock), (SELECT sum(reserved) FROM stock_movements),
        (SELECT sum(quantity) FROM order_lines)
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with nodes(TRASTIENDA_WORKERS=2, TRASTIENDA_RATE_LIMITS="off") as (node,):
        yield Shop(node)


async def buy_until(
    shop: Shop, goods: tuple[str, str], done: asyncio.Event, outcomes: "Counter[int | str]"
) -> None:
    """Check out cart after cart, with one token after the other."""
    tokens = cycle(TOKENS)
    async with shop.client() as buyer:
        while not done.is_set():
            try:
                outcomes[await pay(buyer, goods, next(tokens))] += 1
            except HTTPError as error:
                outcomes[type(error).__name__] += 1


async def pay(buyer: AsyncClient, goods: tuple[str, str], token: str) -> int:
    """Check one cart out; a buyer who is sent to the bank says yes, and may not come back."""
    sku, option = goods
    contact = {"email": "a@example.com", "shipping_address": ADDRESS, "shipping_option": option}
    opened = await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})
    if opened.status_code != 201:
        return opened.status_code
    address = f"/v1/carts/{opened.json()['id']}"
    await buyer.put(f"{address}/contact", json=contact)
    payment = {"provider": "test", "token": token}
    answer = await buyer.post(f"{address}/checkout", json={"payment": payment})
    if action := answer.json().get("payment", {}).get("next_action"):
        url = action["url"]
        await buyer.post(url[url.index("/v1/") :], params={"outcome": "succeed"})
    return answer.status_code


def processes(shop: Shop) -> list[psutil.Process]:
    return shop.node.web_workers()


async def test_killed_workers_leave_no_charge_without_an_order(shop: Shop) -> None:
    goods, done, outcomes = await shop.stocked(), asyncio.Event(), Counter[int | str]()
    buying = [asyncio.create_task(buy_until(shop, goods, done, outcomes)) for _ in range(BUYERS)]
    for _ in range(KILLS):
        before = outcomes[201] + outcomes[202]
        async with asyncio.timeout(PATIENCE):
            while outcomes[201] + outcomes[202] < before + 20:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
        for worker in processes(shop):
            worker.send_signal(signal.SIGKILL)
            await asyncio.to_thread(worker.wait)
    done.set()
    await asyncio.gather(*buying)

    with embedded.running(shop.node.data) as server, psycopg.connect(server.url) as connection:
        connection.autocommit = True
        connection.execute(LATER)
        eventually(lambda: connection.execute(WAITING).fetchone() == (0,), "all payments end")
        assert connection.execute(UNEQUAL).fetchall() == []
        assert connection.execute(BARE).fetchall() == []
        assert connection.execute(UNBALANCED).fetchall() == []
        reserved, moved, sold = connection.execute(STOCK).fetchone() or (0, 1, 2)
        assert reserved == moved == sold
    assert {201, 202, 402} <= set(outcomes)
    assert 500 not in outcomes
