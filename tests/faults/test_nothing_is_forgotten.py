"""Web, relay and job workers are killed again and again under load: every event is told.

`KILLS=300 pytest tests/faults/test_nothing_is_forgotten.py` kills that often; the suite less.
"""

import asyncio
import os
import random
import signal
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest
from httpx import AsyncClient, HTTPError, Timeout
from support.applications import SECRET, TEMPLATE
from support.processes.killing import Wounded
from support.processes.nodes import free_port, run
from support.products import ADDRESS
from support.servers.chaotic_receivers import Receiver, receiving
from support.servers.mail import Office, listening

from trastienda.postgres import embedded
from trastienda.services.mail.table import TYPES

pytestmark = [
    pytest.mark.xdist_group("survival"),
    pytest.mark.timeout(3_600),
    pytest.mark.once,  # our processes are killed, not the database, and others run each statement
]

TAKE_UP: LiteralString = """
    SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM procrastinate_jobs AS jobs
    WHERE status = 'doing' AND NOT EXISTS (
        SELECT 1 FROM procrastinate_workers AS workers
        WHERE workers.id = jobs.worker_id AND last_heartbeat > now() - interval '1 minute')
"""
"""What the workers do every half minute, done at once. Not by the shop's own function: this process
may have a shop of its own open, which must not see another database."""
KILLS = int(os.environ.get("KILLS", "6"))
BUYERS = 3
PATIENCE = 300.0 + 3 * KILLS  # seconds: there is more to catch up with


class Shop:
    """Two job workers and one web worker on a database of their own, and a mail server."""

    def __init__(self, url: str, data: Path, mail: int, seed: int) -> None:
        self.url, self.port, self.data = url, free_port(), data
        self.chance, self.office = random.Random(seed), Office()  # noqa: S311 - a seed to repeat it
        given = {
            "DATABASE_URL": url,
            "TRASTIENDA_DATA": data,
            "TRASTIENDA_SECRET": SECRET,
            "TRASTIENDA_PORT": self.port,
            "TRASTIENDA_HTTP_PORT": 0,
            "TRASTIENDA_WORKERS": 1,
            "TRASTIENDA_POOL": 4,
            "TRASTIENDA_LOG_LEVEL": "error",
            "TRASTIENDA_RATE_LIMITS": "off",
            "TRASTIENDA_WEBHOOKS_PRIVATE": "on",
            "TRASTIENDA_SMTP_URL": f"smtp://127.0.0.1:{mail}",
        }
        made = run("keys", "create", "--name", "test", "--role", "owner", **given)
        assert made.returncode == 0, made.stderr
        self.key = made.stdout.strip()
        log = data / "log"
        self.web = Wounded(log, "serve", **given)
        self.workers = [Wounded(log, "worker", **given) for _ in range(2)]
        self.placed: set[str] = set()
        self.receiver = Receiver(self.chance)

    @property
    def all(self) -> list[Wounded]:
        return [self.web, *self.workers]

    @property
    def kills(self) -> int:
        return sum(each.kills for each in self.all)

    def client(self) -> AsyncClient:
        trust = ssl.create_default_context(cafile=self.data / "tls/ca.pem")
        url = f"https://localhost:{self.port}"
        return AsyncClient(base_url=url, verify=trust, timeout=Timeout(60))

    async def rows(self, query: LiteralString) -> list[Any]:
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            return await (await connection.execute(query)).fetchall()

    async def staff(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.client() as client:
            headers = {"Authorization": f"Bearer {self.key}"}
            answer = await client.post(f"/v1/admin/{path}", json=body, headers=headers)
            assert answer.status_code == 201, answer.text
            made: dict[str, Any] = answer.json()
            return made

    async def opened(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self.client() as client:
                        if (await client.get("/health/ready")).status_code == 200:
                            return
                except (HTTPError, OSError):
                    await asyncio.sleep(0.1)


@asynccontextmanager
async def a_shop(server: embedded.Embedded, data: Path, seed: int) -> AsyncIterator[Shop]:
    name = f"wounded_{uuid4().hex}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda TEMPLATE {TEMPLATE}")
        url = server.url.replace("/trastienda?", f"/{name}?")
        office = Office()
        async with listening(office) as port:
            shop = Shop(url, data, port, seed)
            shop.office = office
            try:
                for each in shop.all:
                    each.start()
                await shop.opened()
                yield shop
            finally:
                for each in shop.all:
                    each.end(signal.SIGKILL)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def buy_until(done: asyncio.Event, shop: Shop, sku: str, option: str) -> None:
    """Order, cancel nothing, and remember each order that was answered."""
    while not done.is_set():
        try:
            async with shop.client() as buyer:
                while not done.is_set():
                    await buy(buyer, shop, sku, option)
        except HTTPError:  # killed meanwhile: whether it was ordered, nobody told us
            await asyncio.sleep(0.05)


async def buy(buyer: AsyncClient, shop: Shop, sku: str, option: str) -> None:
    cart = await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})
    if cart.status_code != 201:
        return
    address = f"/v1/carts/{cart.json()['id']}"
    contact = {"email": "ana@example.com", "shipping_address": ADDRESS, "shipping_option": option}
    await buyer.put(f"{address}/contact", json=contact)
    token = shop.chance.choice(["ok", "decline"])
    answer = await buyer.post(
        f"{address}/checkout", json={"payment": {"provider": "test", "token": token}}
    )
    if answer.status_code == 201:
        shop.placed.add(answer.json()["id"])


async def wound(shop: Shop) -> None:
    """Kill one after the other, at any moment of what it does."""
    for _ in range(KILLS):
        await asyncio.sleep(shop.chance.uniform(0.2, 1.5))  # the point of the kill, at random
        target = shop.chance.choice(shop.all)
        await target.kill()
        if target is shop.web:
            await shop.opened()


async def settled(shop: Shop) -> None:
    """Let the time pass after which the dead are given up, until nothing waits any more."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with await psycopg.AsyncConnection.connect(shop.url, autocommit=True) as clock:
                await clock.execute(
                    "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"
                    " WHERE last_heartbeat < now() - interval '15 seconds'"
                )
                await clock.execute(
                    "UPDATE procrastinate_jobs SET scheduled_at = NULL"
                    " WHERE status = 'todo' AND scheduled_at > now()"
                )
                await clock.execute(
                    "UPDATE webhook_deliveries SET due_at = now()"
                    " WHERE state = 'pending' AND due_at > now()"
                )
                await clock.execute(
                    "UPDATE webhooks SET resting_until = NULL WHERE resting_until IS NOT NULL"
                )
                await clock.execute(
                    "UPDATE payment_attempts SET leased_until = now() WHERE state = 'pending'"
                )
                await clock.execute(
                    "UPDATE letters_sent SET leased_until = now() WHERE leased_until > now()"
                    " AND leased_until < now() + interval '45 seconds'"  # who has it, has died
                )
            await shop.rows(TAKE_UP)
            if not await waiting(shop):
                return
            await asyncio.sleep(0.2)


async def waiting(shop: Shop) -> list[Any]:
    return await shop.rows(
        "SELECT 'event' FROM events WHERE position IS NULL UNION ALL"
        " SELECT status::text FROM procrastinate_jobs WHERE status IN ('todo', 'doing') UNION ALL"
        " SELECT 'mail' FROM letters_sent WHERE due_at IS NOT NULL UNION ALL"
        " SELECT 'webhook' FROM webhook_deliveries WHERE state = 'pending' UNION ALL"
        " SELECT 'payment' FROM payment_attempts WHERE state = 'pending'"
    )


async def test_whatever_is_killed_each_event_is_told_once_and_in_order(
    server: embedded.Embedded, database_url: str, tmp_path: Path
) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201 - to repeat it
    async with a_shop(server, tmp_path, seed) as shop, receiving(shop.receiver) as there:
        for path, ordered in (("/ordered", True), ("/parallel", False)):
            draft = {"url": there + path, "types": ["*"], "owner_email": "erp@example.com"}
            await shop.staff("webhooks", {**draft, "ordered": ordered})
        variant = {"sku": "LAMP", "prices": {"EUR": 1_000}, "stock": 1_000_000}
        await shop.staff("products", {"name": "Lamp", "variants": [variant]})
        option = await shop.staff("shipping-options", {"name": "Post", "prices": {"EUR": 490}})
        done = asyncio.Event()
        buyers = [
            asyncio.create_task(buy_until(done, shop, "LAMP", option["id"])) for _ in range(BUYERS)
        ]
        try:
            await wound(shop)
        finally:
            done.set()
            await asyncio.gather(*buyers)
        shop.receiver.well = True
        await settled(shop)

        assert shop.kills == KILLS
        await nothing_is_lost_or_invented(shop)
        await the_order_is_kept(shop)
        await each_mail_came(shop)
        await each_receiver_has_everything(shop)


async def nothing_is_lost_or_invented(shop: Shop) -> None:
    orders = {str(id_) for (id_,) in await shop.rows("SELECT id FROM orders")}
    told = await shop.rows("SELECT aggregate_id::text FROM events WHERE type = 'order.placed'")
    declined = await shop.rows("SELECT id FROM payment_attempts WHERE state = 'declined'")
    refused = await shop.rows("SELECT aggregate_id FROM events WHERE type = 'payment.declined'")

    assert len(orders) > KILLS
    assert shop.placed <= orders
    assert sorted(id_ for (id_,) in told) == sorted(orders)
    assert sorted(declined) == sorted(refused)
    assert await shop.rows(
        "SELECT DISTINCT on_hand, reserved, version FROM stock"
    ) == await shop.rows(
        "SELECT (data ->> 'on_hand')::bigint, (data ->> 'reserved')::bigint, sequence FROM events"
        " WHERE aggregate = 'stock' ORDER BY sequence DESC LIMIT 1"
    )


async def the_order_is_kept(shop: Shop) -> None:
    assert (
        await shop.rows(
            "SELECT aggregate_id FROM events GROUP BY aggregate_id"
            " HAVING array_agg(sequence ORDER BY position)"
            " <> array(SELECT generate_series(1, max(sequence)))"
        )
        == []
    )
    assert await shop.rows("SELECT count(*), min(position), max(position) FROM events") == [
        await first(shop, "SELECT last, 1, last FROM outbox")
    ]


async def first(shop: Shop, query: LiteralString) -> Any:  # noqa: ANN401 - a row
    (row,) = await shop.rows(query)
    return row


async def each_mail_came(shop: Shop) -> None:
    """No mail is missing or invented; one twice only where a kill came after the server's yes."""
    wanted = await shop.rows(
        "SELECT type, id FROM events WHERE type <> 'payment.declined' OR actor = 'system'"
    )
    about = {str(id_) for type_, id_ in wanted if type_ in TYPES}
    came = Counter(
        str(message_from_bytes(mail)["Message-ID"]).strip("<>").partition("@")[0]
        for mail in shop.office.mails
    )

    assert set(came) == about
    assert came.total() - len(came) <= sum(each.kills for each in shop.workers)
    print(f"{len(about)} mails, {came.total() - len(came)} twice, {shop.kills} kills")  # noqa: T201


async def each_receiver_has_everything(shop: Shop) -> None:
    """Each event since the webhook came, at least once, and in order where that was asked."""
    for path in ("/ordered", "/parallel"):
        got = [(id_, event["position"]) for id_, event in shop.receiver.received[path]]
        since = min(position for _, position in got)
        told = await shop.rows("SELECT id::text, position FROM events ORDER BY position")
        assert set(got) == {(id_, position) for id_, position in told if position >= since}
        print(f"{path}: {len(set(got))} events, {len(got) - len(set(got))} twice")  # noqa: T201
    firsts = list(
        dict.fromkeys(event["position"] for _, event in shop.receiver.received["/ordered"])
    )
    assert firsts == sorted(firsts)
