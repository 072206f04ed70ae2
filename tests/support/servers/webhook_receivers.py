"""Somebody who receives webhooks: a real HTTP server on this machine that does as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
from httpx import AsyncClient
from support.background import ask, relay_all

from trastienda.database.db import transaction, utcnow
from trastienda.jobs.webhooks import Dispatcher
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import CATALOGUE
from trastienda.services.webhooks.sending import Sender

ALL = "/v1/admin/webhooks"
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


class Got(NamedTuple):
    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = msgspec.json.decode(self.body)
        return event


class Receiver:
    """Answers with `answer`; with None it says nothing until it is `released`."""

    def __init__(self, answer: bytes | None = OK) -> None:
        self.answer = answer
        self.got: list[Got] = []
        self.released = asyncio.Event()
        self.at_once = self.most_at_once = 0
        self.port = 0
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = (line.partition(": ") for line in head[1:] if line)
            headers = {name.lower(): value for name, _, value in pairs}
            body = await reader.readexactly(int(headers["content-length"]))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.got.append(Got(head[0], headers, body))
            async with self._changed:
                self._changed.notify_all()
            if self.answer is None:
                await self.released.wait()
            self.at_once -= 1
            writer.write(self.answer or OK)
            await writer.drain()
        writer.close()

    async def has(self, many: int) -> None:
        """Wait until so many requests have come."""
        async with asyncio.timeout(120), self._changed:
            await self._changed.wait_for(lambda: len(self.got) >= many)

    async def has_told_of(self, aggregate: UUID) -> None:
        """Wait until something about it has come."""
        async with asyncio.timeout(120), self._changed:
            await self._changed.wait_for(lambda: self.about(aggregate))

    def about(self, aggregate: UUID) -> list[int]:
        """Say which events of an aggregate have come, by their sequence."""
        events = [got.event for got in self.got]
        return [it["sequence"] for it in events if it["aggregate_id"] == str(aggregate)]

    def sequences(self) -> list[int]:
        return [got.event["sequence"] for got in self.got]


@asynccontextmanager
async def a_receiver(
    answer: bytes | None = OK, trust: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    receiver = Receiver(answer)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=trust)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.close()


def says(status: str, *headers: str, body: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


def a_draft(url: str, **more: object) -> dict[str, object]:
    return {"url": url, "types": ["order.*"], "owner_email": "erp@example.com", **more}


async def a_webhook(staff: AsyncClient, url: str, **more: object) -> dict[str, Any]:
    answer = await staff.post(ALL, json=a_draft(url, **more))
    assert answer.status_code == 201, answer.text
    webhook: dict[str, Any] = answer.json()
    return webhook


def at(webhook: dict[str, Any]) -> str:
    return f"{ALL}/{webhook['id']}"


async def happened(*types: str, aggregate_id: UUID | None = None) -> UUID:
    """Let something happen to one thing, and relay it."""
    aggregate_id = aggregate_id or uuid4()
    for type_ in types:
        async with transaction() as session:
            data = {"status": "open", "total": 2500}
            await events.append(session, CATALOGUE[type_], aggregate_id, data, Context(utcnow()))
    await relay_all()
    return aggregate_id


async def send_due(sender: Sender, now: datetime) -> int:
    """Do what the worker does: take what is due at that time, send it, and write it down."""
    dispatcher = Dispatcher(sender, lambda: now)
    taken = await dispatcher.take()
    await dispatcher.idle()
    return taken


async def send_all(sender: Sender, now: datetime) -> None:
    while await send_due(sender, now):
        pass


async def deliveries(staff: AsyncClient, webhook: dict[str, Any], **query: str) -> list[Any]:
    answer = await staff.get(f"{at(webhook)}/deliveries", params={"limit": "100", **query})
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items[::-1]


async def tried(staff: AsyncClient, webhook: dict[str, Any]) -> dict[str, Any]:
    """Give the newest delivery, with its tries."""
    newest = (await deliveries(staff, webhook))[-1]
    found: dict[str, Any] = (await staff.get(f"{at(webhook)}/deliveries/{newest['id']}")).json()
    return found


async def told_about(aggregate_id: object) -> list[tuple[str, dict[str, Any]]]:
    query = "SELECT type, data FROM events WHERE aggregate_id = %s ORDER BY sequence"
    return await ask(query, aggregate_id)
