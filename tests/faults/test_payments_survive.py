"""Payments end well whatever dies: every charge at the provider is an order, or goes back.

`make torture` kills web processes, job workers and PostgreSQL 300 times; the suite does less.
"""

import asyncio
import json
import os
import random
import time

import pytest
from support.processes.nodes import PATIENCE
from support.torture import audits
from support.torture.shops import Shop, a_shop
from support.torture.streams import Stream

pytestmark = [
    pytest.mark.xdist_group("survival"),
    pytest.mark.timeout(36_000),
    pytest.mark.once,  # it brings its own PostgreSQL
]

POINTS = int(os.environ.get("POINTS", "4"))
MINUTES = float(os.environ.get("MINUTES", "inf"))
"""When to stop killing, even if there were fewer points."""
BUYERS, STAFF = 5, 2
TARGETS = {"web": 2, "web worker": 4, "worker": 4, "postgres": 3}
"""What is killed, and how often in comparison; "web" is the server with all its workers."""
EVERY = 10.0
"""Seconds between two lines that say how far it is."""
MANY = 60
"""With so many points all of WELL is bound to have happened."""
WELL = {
    *("checkout 201", "checkout 202", "challenge 200", "payment 200", "gift card 200"),
    *("capture 200", "refunds 201", "cancel 200", "edits 200", "fulfilments 201"),
    *("return 201", "receipts 201", "close 200", "close for another 200", "exchange 200"),
    *("pay later 200", "pay later 202", "draft ordered 201", "draft completed 201"),
}
LEAST = 3
"""Answers to checkouts between two kills, so that there is always something to interrupt."""


async def test_whatever_is_killed_money_goods_and_events_come_right() -> None:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"seed {seed}")  # noqa: T201 - to repeat it
    began, tell = time.monotonic(), Progress()
    async with a_shop(seed) as shop:
        stream = Stream(shop, *await shop.stocked())
        stream.start(BUYERS, STAFF)
        first = shop.chance.sample(list(TARGETS), len(TARGETS))
        try:
            while shop.kills.total() < POINTS and time.monotonic() < began + 60 * MINUTES:
                await _some_checkouts(shop, stream)
                await asyncio.sleep(shop.chance.uniform(0, 0.5))
                (target,) = shop.chance.choices(list(TARGETS), list(TARGETS.values()))
                await shop.kill(first.pop() if first else target)
                placed = len(set(stream.placed))
                tell(f"{shop.kills.total()} of {POINTS} points, {placed} orders")
        finally:
            await stream.stop()
        await audits.settled(shop, tell)
        tell("nothing waits any more: the audit", now=True)
        told = await audits.faults(shop)
        orders = {str(id_) for (id_,) in await shop.rows("SELECT id FROM orders")}
        returns = {str(id_) for (id_,) in await shop.rows("SELECT id FROM returns")}
        report = {
            "seed": seed,
            "seconds": round(time.monotonic() - began),
            "kills": dict(shop.kills),
            "ended by themselves": dict(shop.ended),
            "orders": len(orders),
            "returns": len(returns),
            "webhooks": dict(shop.carrier.fates),
            "answers": dict(sorted(stream.outcomes.items())),
            "faults": {what: list(map(str, rows)) for what, rows in told.items()},
        }
        print(json.dumps(report, indent=1))  # noqa: T201 - what `make torture` shows

    assert told == {}
    assert shop.kills.total() == POINTS or time.monotonic() > began + 60 * MINUTES
    assert set(stream.placed) <= orders
    assert set(stream.returns) <= returns
    assert POINTS < MANY or set(stream.outcomes) >= WELL
    assert not [it for it in stream.outcomes if it.endswith(" 500")]


class Progress:
    """Says how far it is, now and then, for those who watch."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()

    def __call__(self, what: str, *, now: bool = False) -> None:
        at = time.monotonic()
        if now or at >= self._last + EVERY:
            self._last = at
            print(f"{at - self._began:6.0f} s: {what}", flush=True)  # noqa: T201


async def _some_checkouts(shop: Shop, stream: Stream) -> None:
    def answered() -> int:
        return sum(many for what, many in stream.outcomes.items() if "checkout 20" in what)

    before = answered()
    async with asyncio.timeout(PATIENCE):
        while answered() < before + LEAST:
            await shop.opened()
            await asyncio.sleep(0.1)
