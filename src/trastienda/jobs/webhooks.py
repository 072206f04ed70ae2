"""Sending what is due to those who want to be told: many at once, few to any one of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from trastienda.controllers import webhook_deliveries
from trastienda.database.db import utcnow
from trastienda.errors import Unavailable
from trastienda.jobs.clock import reason
from trastienda.services import webhook_sending
from trastienda.services.webhook_sending import AT_ONCE, Errand

log = structlog.get_logger()
LOOK = 1.0  # seconds between two looks at what is due
SLOW = AT_ONCE // 2
"""Requests at once to endpoints whose last tries failed: they leave room for the others."""


class Pump:
    """Has at most so many requests on the way, and takes the next as soon as one is done."""

    def __init__(self, clock: Callable[[], datetime] = utcnow) -> None:
        self._clock = clock
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slow = 0

    def before(self, work: Callable[[], Awaitable[bool]]) -> Callable[[], Awaitable[bool]]:
        """Make it look for what is due whenever `work`, which may leave some, was done."""

        async def then_look() -> bool:
            more = await work()
            self._woken.set()
            return more

        return then_look

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping`; what is on its way is finished."""
        stopped = asyncio.create_task(stopping.wait())
        failing = False
        while not stopping.is_set():
            try:
                await self.take()
            except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
                if not failing:
                    log.warning("waiting for the database", work="webhooks", reason=reason(error))
                failing = True
            else:
                failing = False
            woken = asyncio.create_task(self._woken.wait())
            await asyncio.wait({stopped, woken}, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            self._woken.clear()
        await self.idle()

    async def take(self) -> int:
        """Take as many as there is room for and set out with them; return how many."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            return 0
        errands = await webhook_deliveries.lease(room, max(0, SLOW - self._slow), self._clock())
        for errand in errands:
            self._slow += errand.struggling
            task = asyncio.create_task(self._send(errand), name="webhook")
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return len(errands)

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery failed in a way nobody foresaw", exc_info=error)

    async def _send(self, errand: Errand) -> None:
        try:
            outcome = await webhook_sending.current().send(errand, self._clock())
            await webhook_deliveries.record(errand, outcome, self._clock())
        except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
            # The lease runs out, and it is sent once more.
            log.warning("a delivery is not written down", reason=reason(error))
        finally:
            self._slow -= errand.struggling
