"""Waiting for events: one connection of a process listens, and wakes everybody who waits in it.

Those who wait hold no connection. The one that listens is opened with the first of them.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from psycopg import Error

from trastienda.database.db import reading
from trastienda.database.listening import listen
from trastienda.errors import TooMany, Unavailable
from trastienda.schemas.shared.actor import Actor
from trastienda.services.events import feed as event_feed
from trastienda.services.events.relay import CHANNEL

MOST_WAITING = 200
"""Clients of the feed and the stream that may wait at once in a process."""
SHARE = 20
"""How many of these one key or person may have, so that nobody takes all places."""
LOOK = 2.0  # seconds after which the position is read again, as notifications may be lost


class EventListener:
    """The newest position that this process knows of."""

    def __init__(self, url: str) -> None:
        """Start nothing yet. `url` leads to PostgreSQL itself, as LISTEN needs."""
        self.newest = 0
        self.closing = False
        self._url, self.taken = url, 0
        self._shares: Counter[Actor] = Counter()
        self._moved, self._look = asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @contextmanager
    def waiting(self, client: Actor) -> Iterator[None]:
        """Take a place to wait for new events. Raise WaitingTooOften or TooManyWaiting."""
        if self._shares[client] >= SHARE:
            raise WaitingTooOften(limit=SHARE)
        if self.taken >= MOST_WAITING:
            raise TooManyWaiting(limit=MOST_WAITING)
        if not self._tasks and not self.closing:
            heard = listen(self._url, CHANNEL, self._hear)
            self._tasks.append(asyncio.create_task(heard, name="hearing of events"))
            self._tasks.append(asyncio.create_task(self._watch(), name="looking for events"))
        self.taken += 1
        self._shares[client] += 1
        try:
            yield
        finally:
            self.taken -= 1
            self._shares[client] -= 1
            self._shares += Counter()  # drops the keys whose count is zero

    async def after(self, position: int, until: float) -> bool:
        """Wait for an event after a position; return False if none comes by `until` (monotonic)."""
        with suppress(TimeoutError):
            async with asyncio.timeout(until - monotonic()):
                while self.newest <= position and not self.closing:
                    await self._moved.wait()
        return self.newest > position and not self.closing and monotonic() < until

    def close(self) -> None:
        """End all waiting, and refuse to begin any more."""
        self.closing = True
        self._wake()
        for task in self._tasks:
            task.cancel()

    def _hear(self, text: str) -> None:
        if text.isdigit():
            self._reached(max(self.newest, int(text)))
        else:  # listening has just begun: earlier notifications were missed
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
                with suppress(Unavailable, Error):  # the next turn tries again
                    await self._ask()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), LOOK)
            self._look.clear()

    async def _ask(self) -> None:
        known = self.newest
        async with reading() as session:
            last = await event_feed.last(session)
        if self.newest == known:  # otherwise a newer one was heard meanwhile
            self._reached(last)


class TooManyWaiting(Unavailable):
    """Too many programs are waiting for events here; try again in a moment."""


class WaitingTooOften(TooMany):
    """You wait for events too often at once here; end some of your streams and calls first."""
