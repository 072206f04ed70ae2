"""The lanes in which jobs run. A lane that ends for any reason is started again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import psycopg
import structlog
from procrastinate import App, utils
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from sqlalchemy.exc import SQLAlchemyError

from trastienda.database.pool import Returning
from trastienda.errors import Unavailable
from trastienda.jobs import sweeps
from trastienda.jobs.clock import reason
from trastienda.jobs.queue import ALONE, queue
from trastienda.services.jobs import queue as job_queue
from trastienda.settings import Settings

log = structlog.get_logger()
QUEUES = 3  # connections at most; the queue listens on one more
AT_ONCE = 4  # jobs that one node runs at a time; they mostly wait for a mail server
FINISH = 12.0  # seconds that running jobs have to finish when we stop
LOOK = 1.0  # seconds between two looks of a lane that does not hear of jobs
AGAIN = 1.0  # seconds before lanes that have ended are started again
LOST = (ConnectorException, psycopg.OperationalError)


class LaneEnded(Exception):
    """A lane has ended without being asked to."""


ENDINGS = (LaneEnded, ConnectorException, Unavailable, psycopg.Error, SQLAlchemyError)


class Lanes:
    """Runs queued jobs until asked to stop, and starts again when the database comes back."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings = settings
        self._left: list[int] = []
        """Ids of our workers that have ended but are still registered in the database."""

    async def run(self, url: str, stopping: asyncio.Event) -> None:
        """Run jobs until `stopping`. `url` leads to PostgreSQL itself, as LISTEN needs."""
        asked = asyncio.create_task(stopping.wait())
        while not stopping.is_set():
            running = asyncio.create_task(self._run(queue(self._settings), url))
            await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.is_set():
                running.cancel()  # procrastinate lets running jobs finish first
            try:
                await running
            except ENDINGS as error:
                log.warning("jobs wait and are begun again", reason=reason(error))
            except asyncio.CancelledError:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), AGAIN)

    async def _run(self, app: App, url: str) -> None:
        """Run all lanes until one of them ends."""
        async with _opened(app, url):
            while self._left:
                await app.job_manager.unregister_worker(self._left[-1])
                self._left.pop()
            await sweeps.take_up()  # jobs that our own lanes left unfinished
            others = {task.queue for task in app.tasks.values()} - ALONE
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._lane(app, others, AT_ONCE, hears=True))
                    for alone in ALONE:
                        group.create_task(self._lane(app, {alone}, 1, hears=False))
            except BaseExceptionGroup as several:
                raise several.exceptions[0] from None

    async def _lane(self, app: App, queues: AbstractSet[str], at_once: int, *, hears: bool) -> None:
        """Run the jobs of some queues, at most `at_once` at a time; always ends by raising.

        A lane that `hears` starts a job as soon as it is queued, and needs a connection for that;
        the others look every second.
        """
        worker = Worker(
            app,
            queues=sorted(queues),
            name="-".join(sorted(queues)),
            concurrency=at_once,
            listen_notify=hears,
            fetch_job_polling_interval=LOOK,
            delete_jobs="successful",
            install_signal_handlers=False,
            shutdown_graceful_timeout=FINISH,
            stalled_worker_timeout=job_queue.SILENCE,
        )
        try:
            with _heard(worker.logger) as trouble:
                await worker.run()  # type: ignore[no-untyped-call]
        finally:
            if worker.worker_id is not None:
                self._left.append(worker.worker_id)
        raise LaneEnded(
            trouble.told
        )  # procrastinate ends without an error when it loses its connection


@asynccontextmanager
async def _opened(app: App, url: str) -> AsyncIterator[None]:
    pool: Returning[AsyncConnection[TupleRow]] = Returning(
        url,
        min_size=1,
        max_size=QUEUES,
        open=False,
        check=Returning.check_connection,
        configure=_unhurried,
    )
    async with pool, app.open_async(pool):
        yield


async def _unhurried(connection: AsyncConnection[TupleRow]) -> None:
    """Run each statement of the queue in its own transaction, without waiting for the disk.

    If PostgreSQL crashes, it may forget that a job was taken or done. The job then runs once more,
    as it does when a worker dies.
    """
    await connection.set_autocommit(True)
    await connection.execute("SET synchronous_commit = off")


class _Trouble(logging.Filter):
    """Keeps the reason why a worker stopped, to be logged in one line in place of a traceback."""

    told = "no reason given"

    def filter(self, record: logging.LogRecord) -> bool:
        if (error := _lost(record)) is not None:
            self.told = reason(error)
        return error is None


@contextmanager
def _heard(logger: logging.Logger) -> Iterator[_Trouble]:
    trouble = _Trouble()
    logger.addFilter(trouble)
    try:
        yield trouble
    finally:
        logger.removeFilter(trouble)


def _lost(record: logging.LogRecord) -> BaseException | None:
    """Return the error of a log record if it means that the database is away."""
    error = record.exc_info[1] if record.exc_info else None
    return error if isinstance(error, LOST) else None


def _in_one_line(record: logging.LogRecord) -> bool:
    if (error := _lost(record)) is not None:
        record.msg, record.args = f"{record.getMessage()}: {reason(error)}", ()
        record.exc_info = None
    return True


def quiet(loop: asyncio.AbstractEventLoop) -> None:
    """Log in one line each background failure that means that the database is away.

    Such a task writes down the end of a job. If it fails, the worker counts as dead, and its job is
    queued again.
    """

    def told(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, LOST):
            log.warning("the end of a job is not written down", reason=reason(error))
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(told)
    logging.getLogger(Worker.__module__).addFilter(_in_one_line)
    logging.getLogger(utils.__name__).addFilter(_Trouble())  # the lane logs the reason
