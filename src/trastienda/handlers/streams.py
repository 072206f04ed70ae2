"""Answers that last: they end when the client leaves, when it may no longer, or when we stop."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any, NamedTuple, TypeVar

import structlog
from litestar.types import Receive, Scope, Send
from psycopg import Error

from trastienda.database.db import reading
from trastienda.errors import Unavailable
from trastienda.middlewares.head import headers_only
from trastienda.middlewares.validation import HungUp
from trastienda.schemas.actor import Actor
from trastienda.services import event_feed, news
from trastienda.services.event_feed import Batch, Entry

log = structlog.get_logger()
T = TypeVar("T")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),  # nginx: pass it on as it comes
]
BATCH = 50  # events that are in memory at once for one client
READERS = 3  # connections to the database that they may take at once in a process
RETRY = 2_000  # milliseconds after which a browser connects again


turns = asyncio.Semaphore(READERS)


class Pace(NamedTuple):
    """How often what happens on a stream, in seconds."""

    beat: float = 15.0
    """Something is sent, if there is nothing to tell."""
    check: float = 30.0
    """We look whether the client may still read."""
    stall: float = 60.0
    """Who has taken nothing for so long is gone."""


PACE = Pace()


class Follower(NamedTuple):
    """Who follows events."""

    who: Actor
    allowed: Callable[[], Awaitable[bool]]
    """Says whether they still may."""


class EventStream:
    """Server-sent events, from a position on."""

    def __init__(
        self,
        wanted: list[str] | None,
        position: int,
        follower: Follower,
        pace: Pace = PACE,
    ) -> None:
        """Describe the stream; it begins when it is called."""
        self._wanted, self._position = wanted, position
        self._follower, self._pace = follower, pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def say(text: bytes, *, more: bool = True) -> None:
            async with asyncio.timeout(self._pace.stall):
                await send({"type": "http.response.body", "body": text, "more_body": more})

        with news.current().seat(self._follower.who):
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
        except (Unavailable, Error) as error:  # it connects again, and goes on where it was
            log.info("a stream ends without the database", reason=str(error))

    async def _tell(self, say: Callable[[bytes], Awaitable[None]]) -> None:
        ours, said = news.current(), b"retry: %d\nid: %d\n\n" % (RETRY, self._position)
        while not ours.closing:
            if said:
                await say(said)
                beat = monotonic() + self._pace.beat
            batch = await read(self._position, self._wanted, BATCH)
            self._position = batch.next_after
            said = b"".join(map(_frame, batch.events))
            if said or batch.more:
                continue
            if not await ours.after(self._position, beat) and monotonic() >= beat:
                said = b": still here\nid: %d\n\n" % self._position

    async def _check(self) -> None:
        allowed = True
        while allowed:
            await asyncio.sleep(self._pace.check)
            allowed = await self._follower.allowed()


def _frame(event: Entry) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % event


async def page(
    position: int, wanted: list[str] | None, limit: int, wait: float, who: Actor
) -> Batch:
    """Read the next events; when there are none, `who` waits for them, for so many seconds."""
    until = monotonic() + wait
    batch = await read(position, wanted, limit)
    if wait == 0 or batch.events or batch.more:
        return batch
    ours = news.current()
    with ours.seat(who):
        while not (batch.events or batch.more) and await ours.after(batch.next_after, until):
            batch = await read(batch.next_after, wanted, limit)
    return batch


async def read(position: int, wanted: list[str] | None, limit: int) -> Batch:
    """Read events on a connection that goes back at once; buyers find one, however many read."""
    async with turns, reading() as session:
        return await event_feed.after(session, position, wanted, limit)


async def unless_gone(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    """Return what comes of `work`, or give it up when the client leaves."""
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
    """Do all of them until one is done, and end the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
