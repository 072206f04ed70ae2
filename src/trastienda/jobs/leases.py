"""Work that is leased from the database and done side by side, such as webhooks and mails."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, NamedTuple

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from trastienda.errors import Unavailable
from trastienda.jobs.clock import reason

log = structlog.get_logger()
LOOK = 1.0  # seconds between two looks at what is due
INSIST = 1.0  # seconds until what was cancelled, and goes on, is cancelled again
AWAY = (Unavailable, psycopg.Error, SQLAlchemyError)
"""The database cannot be asked, or not now. What was leased is then taken up by another one."""


class Taken(NamedTuple):
    """What was leased: the work on each piece, and whether more may be due."""

    works: Sequence[Coroutine[Any, Any, None]]
    more: bool = True


Take = Callable[[int], Awaitable[Taken]]
"""Leases at most so many pieces of work."""


class Leases:
    """Keeps at most `most` pieces of work under way, and takes the next as soon as one is done."""

    def __init__(self, name: str, most: int, take: Take) -> None:
        """Take nothing yet. `name` is what the log calls it."""
        self._name, self._most, self._take = name, most, take
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._more = True
        """Whether something may be due that could not be leased before the end of what is under
        way: there is no room for it, or it is its turn afterwards."""

    def wake(self) -> None:
        """Look for work at once, because there may be some."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event, patience: float | None = None) -> None:
        """Work until `stopping`, then finish what is under way, for `patience` seconds at most."""
        stopped = asyncio.create_task(stopping.wait())
        failing = False
        while not stopping.is_set():
            try:
                await self.take()
            except AWAY as error:
                if not failing:
                    log.warning("waiting for the database", work=self._name, reason=reason(error))
                failing = True
            else:
                failing = False
            woken = asyncio.create_task(self._woken.wait())
            await asyncio.wait({stopped, woken}, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            self._woken.clear()
        await self.idle(patience)

    async def take(self) -> int:
        """Lease as much work as there is room for, and begin it; return how many pieces."""
        room = self._most - len(self._tasks)
        if room <= 0:
            self._more = True
            return 0
        works, more = await self._take(room)
        self._more = more or not works
        for work in works:
            task = asyncio.create_task(work, name=self._name)
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return len(works)

    async def idle(self, patience: float | None = None) -> None:
        """Wait until nothing is under way; after `patience` seconds, cancel what still is."""
        if under_way := set(self._tasks):
            _, late = await asyncio.wait(under_way, timeout=patience)
            while late:  # `asyncio.wait_for` of Python 3.11 can lose a cancellation
                for task in late:
                    task.cancel()
                _, late = await asyncio.wait(late, timeout=INSIST)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._more:
            self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a leased work failed unforeseen", work=self._name, exc_info=error)
