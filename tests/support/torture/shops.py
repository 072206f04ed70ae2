"""A shop of several processes and a PostgreSQL of its own, all of which can be killed."""

import asyncio
import os
import random
import signal
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, LiteralString

import psutil
import psycopg
from httpx import AsyncClient, HTTPError, Timeout
from support.applications import SECRET
from support.processes.killing import Wounded
from support.processes.nodes import (
    PATIENCE,
    a_folder,
    forks,
    free_port,
    postgres,
    run,
)
from support.processes.templates import lay_database
from support.torture.carriers import Carrier, carrying

from trastienda.postgres import embedded

PLENTY = 1_000_000
VOUCHER = "CARD"
"""The SKU of a gift card that is for sale."""


class Shop:
    """A web server and two job workers; webhooks of its provider go through a carrier."""

    def __init__(self, url: str, cluster: Path, data: Path, seed: int) -> None:
        self.url, self.cluster, self.data = url, cluster, data
        self.chance = random.Random(seed)  # noqa: S311 - a seed to repeat it
        self.port, self.carriers_port = free_port(), free_port()
        self.given: dict[str, Any] = {
            "DATABASE_URL": url,
            "TRASTIENDA_DATA": data,
            "TRASTIENDA_SECRET": SECRET,
            "TRASTIENDA_PORT": self.port,
            "TRASTIENDA_HTTP_PORT": 0,
            "TRASTIENDA_WORKERS": 2,
            "TRASTIENDA_POOL": 6,
            "TRASTIENDA_LOG_LEVEL": "error",
            "TRASTIENDA_RATE_LIMITS": "off",
            "TRASTIENDA_PUBLIC_URL": f"http://127.0.0.1:{self.carriers_port}",
        }
        made = run("keys", "create", "--name", "test", "--role", "owner", **self.given)
        assert made.returncode == 0, made.stderr
        self.key = {"Authorization": f"Bearer {made.stdout.strip()}"}
        self.web = Wounded(data / "log", "serve", **self.given)
        self.workers = [Wounded(data / "log", "worker", **self.given) for _ in range(2)]
        self.carrier = Carrier(self.chance, self.client)
        self.kills: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        """What ended without being killed."""

    def client(self) -> AsyncClient:
        trust = ssl.create_default_context(cafile=self.data / "tls/ca.pem")
        url = f"https://localhost:{self.port}"
        return AsyncClient(base_url=url, verify=trust, timeout=Timeout(60))

    async def rows(self, query: LiteralString) -> list[Any]:
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            cursor = await connection.execute(query)
            return await cursor.fetchall() if cursor.description else []

    async def opened(self) -> None:
        """Wait until it serves."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.attend()
                try:
                    async with self.client() as client:
                        if (await client.get("/health/ready")).status_code == 200:
                            return
                except (HTTPError, OSError):
                    pass
                await asyncio.sleep(0.05)

    async def attend(self) -> None:
        """Start again what has ended by itself, such as a server whose workers died in a row."""
        for name, each in (("web", self.web), *(("worker", it) for it in self.workers)):
            if each.process is not None and each.process.poll() is not None:
                self.ended[name] += 1
                await asyncio.to_thread(each.start)

    async def kill(self, what: str) -> None:
        """Kill something at work, and wait until the shop serves again."""
        if what == "web":
            await self.web.kill()
        elif what == "web worker":
            await self.opened()
            if workers := self._web_workers():
                self.chance.choice(workers).kill()
        elif what == "worker":
            await self.chance.choice(self.workers).kill()
        else:
            os.kill(postgres(self.cluster)[0].pid, signal.SIGKILL)
        self.kills[what] += 1
        if what != "worker":
            await self.opened()

    def _web_workers(self) -> list[psutil.Process]:
        if self.web.process is None or self.web.process.poll() is not None:
            return []
        return forks(self.web.process.pid)

    async def stocked(self) -> tuple[list[str], str]:
        """Put products and a gift card on sale; return the SKUs of products, and a way to ship."""
        skus = ["LAMP", "CHAIR", "TABLE"]
        variants = [
            {"sku": sku, "prices": {"EUR": 1_000 + 333 * place}, "stock": PLENTY}
            for place, sku in enumerate(skus)
        ]
        option = {"name": "Post", "prices": {"EUR": 490}}
        drafts = [("products", {"name": it["sku"], "variants": [it]}) for it in variants]
        voucher = {"sku": VOUCHER, "prices": {"EUR": 2_500}}
        drafts.append(("products", {"name": "Card", "gift_card": True, "variants": [voucher]}))
        async with self.client() as staff:
            for address, draft in (*drafts, ("shipping-options", option)):
                answer = await staff.post(f"/v1/admin/{address}", json=draft, headers=self.key)
                assert answer.status_code == 201, answer.text
        return skus, answer.json()["id"]


@asynccontextmanager
async def a_shop(seed: int) -> AsyncIterator[Shop]:
    """Open a shop; leave nothing of it behind."""
    with a_folder() as place:
        cluster, data = place / "database", place / "shop"
        lay_database(cluster)
        data.mkdir()
        with embedded.running(cluster) as server:
            shop = Shop(server.url, cluster, data, seed)
            async with carrying(shop.carrier, shop.carriers_port):
                try:
                    for each in (shop.web, *shop.workers):
                        each.start()
                    while not (data / "tls/ca.pem").is_file():  # noqa: ASYNC110 - nobody tells
                        await asyncio.sleep(0.05)
                    await shop.opened()
                    yield shop
                finally:
                    for each in (shop.web, *shop.workers):
                        each.end(signal.SIGKILL)
