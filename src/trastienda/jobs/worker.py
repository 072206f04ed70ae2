"""The job worker: one process beside the web workers, taking what they leave in the queue."""

import asyncio
import signal
from contextlib import suppress

import psycopg
import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool

from trastienda.settings import Settings

log = structlog.get_logger()
FINISH = 15.0  # seconds that a running job has when we stop
AGAIN = 2.0  # seconds before we look for a lost database again


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM; wait for the database whenever it is away."""
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    url = settings.database_direct_url or settings.database_url or ""
    asked = asyncio.create_task(stopping.wait())
    while not stopping.is_set():
        work = asyncio.create_task(_work(url))
        await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            work.cancel()  # procrastinate lets its jobs finish first
        try:
            await work
        except (ConnectorException, psycopg.Error) as error:
            log.warning("the queue cannot be reached", reason=str(error.__cause__ or error))
        except asyncio.CancelledError:
            break
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), AGAIN)


async def _work(url: str) -> None:
    """Work until cancelled, or until the database is lost."""
    app = App(connector=PsycopgConnector())
    async with (
        AsyncConnectionPool(
            url, min_size=1, max_size=4, open=False, check=AsyncConnectionPool.check_connection
        ) as pool,
        app.open_async(pool),
    ):
        await app.run_worker_async(install_signal_handlers=False, shutdown_graceful_timeout=FINISH)
