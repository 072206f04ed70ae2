"""Answers that go on: they end when the client leaves, loses its rights, or the process stops."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any, NamedTuple, TypeVar

import structlog
from litestar.types import Receive, Scope, Send
from psycopg import Error

from trastienda.database.db import reading
from trastienda.errors import Unavailable
from trastienda.middlewares.answers.head import headers_only
from trastienda.middlewares.requests.validation import HungUp
from trastienda.schemas.shared.actor import Actor
from trastienda.services.events import feed as event_feed
from trastienda.services.events.feed import Batch, Entry
from trastienda.services.events.listener import EventListener

log = structlog.get_logger()
T = TypeVar("T")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),  # nginx: do not buffer
]
BATCH = 50  # events in memory at once for one client
READERS = 3  # database connections that streams may use at once in a process
RETRY = 2_000  # milliseconds after which a browser reconnects


Look = Callable[[int], Awaitable[Batch]]
"""Reads the events after a position."""
turns = asyncio.Semaphore(READERS)
"""Of the module, not of an application: it holds nothing, and of two applications in one process
the one only waits a little for the other."""


class Pace(NamedTuple):
    """The intervals and the limit of a stream, in seconds."""

    beat: float = 15.0
    """After this long without events, a comment keeps the connection alive."""
    check: float = 30.0
    """How often the client's rights are checked again."""
    stall: float = 60.0
    """A client that has not taken a piece for this long is dropped."""


PACE = Pace()


class Subscriber(NamedTuple):
    """A client that follows events."""

    listener: EventListener
    """Wakes it when there are new events."""
    client: Actor
    allowed: Callable[[], Awaitable[bool]]
    """Returns whether it may still read them."""


class EventStream:
    """Server-sent events from a position on."""

    def __init__(
        self,
        wanted: list[str] | None,
        position: int,
        subscriber: Subscriber,
        pace: Pace = PACE,
    ) -> None:
        """Describe the stream; it begins when it is called."""
        self._wanted, self._position = wanted, position
        self._subscriber, self._pace = subscriber, pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def say(text: bytes, *, more: bool = True) -> None:
            async with asyncio.timeout(self._pace.stall):
                await send({"type": "http.response.body", "body": text, "more_body": more})

        with self._subscriber.listener.waiting(self._subscriber.client):
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            if not headers_only(scope):
                await self._last(say, receive)
            await say(b"", more=False)

    async def _last(self, say: Callable[[bytes], Awaitable[None]], receive: Receive) -> None:
        try:
            await first(self._tell(say), self._check(), gone(receive))
        except TimeoutError:
            log.info("the reader of a stream takes nothing")
            raise HungUp from None
        except (Unavailable, Error) as error:  # the client reconnects, and goes on where it was
            log.info("a stream ends without the database", reason=str(error))

    async def _tell(self, say: Callable[[bytes], Awaitable[None]]) -> None:
        listener = self._subscriber.listener
        said = b"retry: %d\nid: %d\n\n" % (RETRY, self._position)
        while not listener.closing:
            if said:
                await say(said)
                beat = monotonic() + self._pace.beat
            batch = await read(self._position, self._wanted, BATCH)
            self._position = batch.next_after
            said = b"".join(map(_frame, batch.events))
            if said or batch.more:
                continue
            if not await listener.after(self._position, beat) and monotonic() >= beat:
                said = b": still here\nid: %d\n\n" % self._position

    async def _check(self) -> None:
        allowed = True
        while allowed:
            await asyncio.sleep(self._pace.check)
            allowed = await self._subscriber.allowed()


def _frame(event: Entry) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % event


async def page(
    after: int, look: Look, wait: float, client: Actor, listener: EventListener
) -> Batch:
    """Read the next events; if there are none, wait for them up to `wait` seconds."""
    until = monotonic() + wait
    batch = await look(after)
    if wait == 0 or batch.events or batch.more:
        return batch
    with listener.waiting(client):
        while not (batch.events or batch.more) and await listener.after(batch.next_after, until):
            batch = await look(batch.next_after)
    return batch


async def read(position: int, wanted: list[str] | None, limit: int) -> Batch:
    """Read events on a connection that is returned at once, so that buyers find one."""
    async with turns, reading() as session:
        return await event_feed.after(session, position, wanted, limit)


async def unless_gone(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    """Return the result of `work`, or cancel it when the client leaves."""
    task, left = asyncio.ensure_future(work), asyncio.ensure_future(gone(receive))
    try:
        await asyncio.wait({task, left}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise HungUp
        return task.result()
    finally:
        task.cancel()
        left.cancel()
        await asyncio.gather(task, left, return_exceptions=True)


async def gone(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def first(*works: Coroutine[Any, Any, None]) -> None:
    """Run several coroutines until the first one ends, then cancel the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
