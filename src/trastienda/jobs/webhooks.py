"""Sending the webhook deliveries that are due: many at once, few to one endpoint."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from trastienda.controllers.webhooks import deliveries as webhook_deliveries
from trastienda.database.db import utcnow
from trastienda.errors import Unavailable
from trastienda.jobs.clock import reason
from trastienda.services.webhooks.sending import AT_ONCE, LeasedDelivery, Sender

log = structlog.get_logger()
LOOK = 1.0  # seconds between two looks at what is due
SLOW = AT_ONCE // 2
"""Simultaneous requests to endpoints whose last attempts failed, so that others have room."""


class Dispatcher:
    """Keeps at most AT_ONCE requests under way, and takes the next as soon as one is done."""

    def __init__(self, sender: Sender, clock: Callable[[], datetime] = utcnow) -> None:
        self._sender, self._clock = sender, clock
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slow = 0

    def waking(self, work: Callable[[], Awaitable[bool]]) -> Callable[[], Awaitable[bool]]:
        """Wrap `work`, so that what it may have made due is looked for at once."""

        async def work_and_look() -> bool:
            more = await work()
            self._woken.set()
            return more

        return work_and_look

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping`, then finish the requests that are under way."""
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
        """Lease as many deliveries as there is room for and start sending them; return how many."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            return 0
        deliveries = await webhook_deliveries.lease(room, max(0, SLOW - self._slow), self._clock())
        for delivery in deliveries:
            self._slow += delivery.struggling
            task = asyncio.create_task(self._send(delivery), name="webhook")
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return len(deliveries)

    async def idle(self) -> None:
        """Wait until no request is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery failed in a way nobody foresaw", exc_info=error)

    async def _send(self, delivery: LeasedDelivery) -> None:
        try:
            outcome = await self._sender.send(delivery, self._clock())
            await webhook_deliveries.record(delivery, outcome, self._clock())
        except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
            # The lease runs out, and the delivery is sent once more.
            log.warning("a delivery is not written down", reason=reason(error))
        finally:
            self._slow -= delivery.struggling
