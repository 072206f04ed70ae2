"""How fast the relay catches up, what an event costs who writes it, and how fast others hear.

    .venv/bin/python bench/relay.py --events 100000

Starts an embedded PostgreSQL of its own with `fsync` on, writes events of ten thousand orders that
nobody relayed, some of which a mail is about, and lets one relay, then two, catch up. Then the feed
is read to its end, and one worker delivers events to two receivers on this machine, signed.
"""

import argparse
import asyncio
import time
from contextlib import AsyncExitStack

import psycopg
from machine import scratch
from uuid_utils.compat import uuid7

from trastienda.controllers.webhooks import webhooks
from trastienda.database.db import Database, connected, reading, transaction, utcnow
from trastienda.jobs import events as outbox
from trastienda.jobs.webhooks import Dispatcher
from trastienda.process import opened
from trastienda.schemas.shared.context import Context
from trastienda.schemas.webhooks.webhook import WebhookDraft
from trastienda.services.events import events
from trastienda.services.events import feed as event_feed
from trastienda.services.events.types import PAYMENT_DECLINED
from trastienda.settings import Settings, Switch

FILL = """
    INSERT INTO events (id, aggregate, aggregate_id, sequence, type, schema_version, data, actor,
        created_at)
    SELECT gen_random_uuid(), 'order', md5((number / 10)::text)::uuid, number %% 10 + 1,
        CASE number %% 10 WHEN 0 THEN 'order.placed' ELSE 'stock.changed' END, 1,
        jsonb_build_object('id', number, 'filler', repeat('x', 1000)), 'system',
        now() - make_interval(secs => (%(events)s - number) * 0.001)
    FROM generate_series(0, %(events)s - 1) AS number
"""
CLEAR = "TRUNCATE events, procrastinate_jobs CASCADE"
GAPS = """
    SELECT count(*) FILTER (WHERE position <> place), count(*) FILTER (WHERE turned) FROM (
        SELECT position, row_number() OVER (ORDER BY position)
                + (SELECT min(position) - 1 FROM events) AS place,
            position < max(position) OVER (PARTITION BY aggregate_id ORDER BY sequence) AS turned
        FROM events) AS placed
"""


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--events", type=int, default=100_000)
    many = wanted.parse_args().events
    with scratch("relay") as url:
        for relays in (1, 2):
            asyncio.run(catch_up(url, many, relays))
        asyncio.run(read(url))
        asyncio.run(deliver(url))
        asyncio.run(write(url))


async def catch_up(url: str, many: int, relays: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(CLEAR)
        connection.execute(FILL, {"events": many})
        connection.execute("VACUUM ANALYZE events")
        async with AsyncExitStack() as ends:
            settings = Settings(database_url=url, secret="x" * 32)
            await ends.enter_async_context(opened(settings, Database(url, 4)))
            began = time.perf_counter()
            await asyncio.gather(*(_until_done(connection) for _ in range(relays)))
            took = time.perf_counter() - began
        gaps, turned = connection.execute(GAPS).fetchone() or (None, None)
        jobs = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    print(
        f"{relays} relay(s): {many:,} events in {took:.1f} s, {many / took:,.0f} a second;"
        f" gaps {gaps}, out of order {turned}, jobs {jobs[0] if jobs else None:,}"
    )


async def _until_done(connection: psycopg.Connection) -> None:
    while True:
        await outbox.relay()
        row = connection.execute("SELECT 1 FROM events WHERE position IS NULL LIMIT 1").fetchone()
        if row is None:
            return


async def read(url: str) -> None:
    """Time reading all that the last relay has left, in batches of 500."""
    position, more, many, began = 0, True, 0, time.perf_counter()
    async with connected(Database(url, 2)):
        while more:
            async with reading() as session:
                batch = await event_feed.after(session, position, None, 500)
            position, more, many = batch.next_after, batch.more, many + len(batch.events)
    took = time.perf_counter() - began
    print(f"feed: {many:,} events in {took:.1f} s, {many / took:,.0f} a second")


async def deliver(url: str, many: int = 2_000) -> None:
    """Time one worker's pump, from the relay to the receivers' 204."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        await reader.readexactly(length)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(CLEAR)
        connection.execute(FILL, {"events": many})
    receiver = await asyncio.start_server(take, "127.0.0.1", 0)
    port = receiver.sockets[0].getsockname()[1]
    settings = Settings(database_url=url, secret="x" * 32, webhooks_private=Switch.ON)
    async with opened(settings, Database(url, 8)) as process:
        for path in ("one", "two"):
            draft = WebhookDraft(
                url=f"http://127.0.0.1:{port}/{path}", types=["*"], owner_email="a@example.com"
            )
            await webhooks.create(draft, process.sender, Context(utcnow()))
        began, dispatcher = time.perf_counter(), Dispatcher(process.sender)
        while await outbox.relay():
            pass
        relayed = time.perf_counter() - began
        while await dispatcher.take():
            await dispatcher.idle()
        took = time.perf_counter() - began - relayed
    receiver.close()
    sent = 2 * (many + 2)
    print(
        f"webhooks: {sent:,} fanned out in {relayed:.2f} s, delivered {sent / took:,.0f} a second"
    )


async def write(url: str) -> None:
    """Time a transaction of one insertion, without and with an event."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE written (number int)")
    async with connected(Database(url, 4)):
        data = {"id": 1, "filler": "x" * 1_000}
        times: dict[bool, float] = {}
        for told in (False, True, False, True):
            began = time.perf_counter()
            for _ in range(2_000):
                async with transaction() as session:
                    aggregate = uuid7()
                    await session.driver.execute("INSERT INTO written VALUES (1)")
                    if told:
                        context = Context(utcnow())
                        await events.append(session, PAYMENT_DECLINED, aggregate, data, context)
            times[told] = (time.perf_counter() - began) / 2_000 * 1e6
    print(f"a transaction {times[False]:,.0f} µs, with an event {times[True]:,.0f} µs")


if __name__ == "__main__":
    main()
