"""The job worker: one process beside the web workers, for what is done after the answer."""

import asyncio
import signal
from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, suppress

import psycopg
import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool

from trastienda.database.db import Database, connected
from trastienda.database.listening import listen
from trastienda.jobs import outbox, reminders, sweeps
from trastienda.jobs.clock import every, reason
from trastienda.jobs.price_changes import Switch
from trastienda.jobs.queue import ALONE, queue
from trastienda.jobs.webhooks import Pump
from trastienda.services import job_queue, payments, webhook_sending
from trastienda.services.relay import WAKE
from trastienda.services.tokens import signing
from trastienda.services.webhook_sending import Sender
from trastienda.settings import Settings

log = structlog.get_logger()
OURS, QUEUES = 4, 3  # connections at most; the queue listens on one more
AT_ONCE = 4  # jobs; they mostly wait for a mail server
FINISH = 12.0  # seconds that a running job has when we stop
AGAIN = 2.0  # seconds before we look for a lost database again

# Each may run on every node: rows that one has locked, the others skip. What must run once is a
# job that the clock queues (`jobs/queue.py`).
CLOCK = (
    (15.0, "abandoned payments", sweeps.settle_abandoned),
    (60.0, "carts that were left", reminders.remind),
    (30.0, "jobs of dead workers", sweeps.take_up),
)


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM; wait for the database whenever it is away."""
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    await work(settings, stopping)


async def work(settings: Settings, stopping: asyncio.Event) -> None:
    """Relay, send, settle and sweep until `stopping`; what is begun is finished."""
    database = Database(settings.database_url or "", OURS)
    offered = payments.offered(in_production=settings.in_production)
    sender, pump = Sender(private=settings.private_webhooks), Pump()
    with signing(settings.secret or ""), offered:
        async with (
            connected(database),
            webhook_sending.sending(sender),
            _woken(settings, database),
            asyncio.TaskGroup() as group,
        ):
            group.create_task(_jobs(settings, stopping))
            group.create_task(pump.run(stopping))
            relay, wake = pump.before(outbox.relay), database.happened
            group.create_task(every(1.0, "outbox", relay, stopping, wake))
            sales = (1.0, "sales switched by the clock", Switch().look)
            for seconds, what, each in (*CLOCK, sales):
                group.create_task(every(seconds, what, each, stopping))


@asynccontextmanager
async def _woken(settings: Settings, database: Database) -> AsyncIterator[None]:
    """Relay as soon as another process says that something happened."""
    heard = listen(_direct(settings), WAKE, lambda _: database.happened.set())
    listening = asyncio.create_task(heard, name="woken by others")
    try:
        yield
    finally:
        listening.cancel()


def _direct(settings: Settings) -> str:
    return settings.database_direct_url or settings.database_url or ""


async def _jobs(settings: Settings, stopping: asyncio.Event) -> None:
    asked = asyncio.create_task(stopping.wait())
    url = _direct(settings)
    while not stopping.is_set():
        running = asyncio.create_task(_run(queue(settings), url))
        await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            running.cancel()  # procrastinate lets its jobs finish first
        try:
            await running
        except (ConnectorException, psycopg.Error) as error:
            log.warning("the queue cannot be reached", reason=reason(error))
        except asyncio.CancelledError:
            break
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), AGAIN)


async def _run(app: App, url: str) -> None:
    """Run jobs until cancelled, or until the database is lost."""
    async with (
        AsyncConnectionPool(
            url,
            min_size=1,
            max_size=QUEUES,
            open=False,
            check=AsyncConnectionPool.check_connection,
        ) as pool,
        app.open_async(pool),
    ):
        others = {task.queue for task in app.tasks.values()} - ALONE
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_lane(app, others, AT_ONCE, hears=True))
                for each in ALONE:
                    group.create_task(_lane(app, {each}, 1, hears=False))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from several


async def _lane(app: App, queues: AbstractSet[str], at_once: int, *, hears: bool) -> None:
    """Do the jobs of some queues, at most so many at a time.

    Who `hears` starts a job as soon as it is queued, and needs a connection for that; others look
    every few seconds.
    """
    await app.run_worker_async(
        queues=sorted(queues),
        concurrency=at_once,
        listen_notify=hears,
        delete_jobs="successful",
        install_signal_handlers=False,
        shutdown_graceful_timeout=FINISH,
        stalled_worker_timeout=job_queue.SILENCE,
    )
