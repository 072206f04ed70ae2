"""Waiting for events: one connection of a process listens, and wakes all who wait in it.

Who waits holds no connection to the database. The connection is opened with the first of them.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from time import monotonic

from psycopg import Error

from trastienda.database.db import reading
from trastienda.database.listening import listen
from trastienda.errors import TooMany, Unavailable
from trastienda.schemas.actor import Actor
from trastienda.services import event_feed
from trastienda.services.relay import CHANNEL

SEATS = 200
"""Who may wait at once in a process, at the feed and at the stream."""
SHARE = 20
"""How many of these seats one key or person may have: nobody takes them all."""
LOOK = 2.0  # seconds after which we look by ourselves: notifications may be lost


class News:
    """How far events have come, as far as this process has heard."""

    def __init__(self, url: str) -> None:
        """Begin nothing yet; `url` is of PostgreSQL itself."""
        self.newest = 0
        self.closing = False
        self._url, self.taken = url, 0
        self._shares: Counter[Actor] = Counter()
        self._moved, self._look = asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @contextmanager
    def seat(self, who: Actor) -> Iterator[None]:
        """Have a place to wait. Raise WaitingTooOften or TooManyWaiting."""
        if self._shares[who] >= SHARE:
            raise WaitingTooOften(limit=SHARE)
        if self.taken >= SEATS:
            raise TooManyWaiting(limit=SEATS)
        if not self._tasks and not self.closing:
            heard = listen(self._url, CHANNEL, self._hear)
            self._tasks.append(asyncio.create_task(heard, name="hearing of events"))
            self._tasks.append(asyncio.create_task(self._watch(), name="looking for events"))
        self.taken += 1
        self._shares[who] += 1
        try:
            yield
        finally:
            self.taken -= 1
            self._shares[who] -= 1
            self._shares += Counter()  # who has none is forgotten

    async def after(self, position: int, until: float) -> bool:
        """Wait for something after a position; False if nothing came `until` then (monotonic)."""
        with suppress(TimeoutError):
            async with asyncio.timeout(until - monotonic()):
                while self.newest <= position and not self.closing:
                    await self._moved.wait()
        return self.newest > position and not self.closing and monotonic() < until

    def close(self) -> None:
        """Send everybody away, and let nobody wait any more."""
        self.closing = True
        self._wake()
        for task in self._tasks:
            task.cancel()

    def _hear(self, text: str) -> None:
        if text.isdigit():
            self._reached(max(self.newest, int(text)))
        else:  # listening has begun: what was said before was not heard
            self._look.set()

    def _reached(self, position: int) -> None:
        further, self.newest = position > self.newest, position
        if further:
            self._wake()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    async def _watch(self) -> None:
        while True:
            if self.taken:
                with suppress(Unavailable, Error):  # next time, then
                    await self._ask()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), LOOK)
            self._look.clear()

    async def _ask(self) -> None:
        known = self.newest
        async with reading() as session:
            last = await event_feed.last(session)
        if self.newest == known:  # else something newer was heard meanwhile
            self._reached(last)


_open: list[News] = []


@asynccontextmanager
async def heard(url: str) -> AsyncIterator[None]:
    """Let people wait for events until the block ends."""
    news = News(url)
    _open.append(news)
    try:
        yield
    finally:
        news.close()
        _open.remove(news)


def current() -> News:
    return _open[-1]


def close() -> None:
    """Send away whoever waits in this process: it stops."""
    for news in _open:
        news.close()


class TooManyWaiting(Unavailable):
    """Too many programs are waiting for events here; try again in a moment."""


class WaitingTooOften(TooMany):
    """You wait for events too often at once here; end some of your streams and calls first."""
