"""The background work of a web worker while it serves, and what its process holds open."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from litestar import Litestar
from sqlalchemy.exc import SQLAlchemyError

from trastienda.controllers.accounts import security
from trastienda.controllers.events import initial_state, outbox
from trastienda.controllers.payments import providers as payment_providers
from trastienda.database.db import Database, reading, utcnow
from trastienda.errors import Unavailable
from trastienda.process import Process, opened
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.security import Tally
from trastienda.services.channels import channels
from trastienda.settings import Settings

FRESH_FOR = 5.0  # seconds
COUNTED_EVERY = 5.0  # seconds
WAKE_AT_MOST = 0.05  # seconds between two notifications


@asynccontextmanager
async def serving(
    app: Litestar, settings: Settings, database: Database | None = None
) -> AsyncIterator[None]:
    """Open what the process needs, hand it to the application, and close everything in reverse."""
    pool = database or Database(settings.database_url or "", settings.pool)
    async with opened(settings, pool) as process:
        app.state["process"] = process
        async with _fresh(process), _waking(pool), _counting(app.state["tally"]):
            await initial_state.record(Context(utcnow()))
            yield
            await app.state["last_seen"].settled()


@asynccontextmanager
async def _fresh(process: Process) -> AsyncIterator[None]:
    """Keep copies of the channels and payment providers, at most a few seconds old."""

    async def refresh() -> None:
        async with reading() as session:
            await channels.refresh(session)
        await payment_providers.refresh(process.providers)

    async def forever() -> None:
        while True:
            await asyncio.sleep(FRESH_FOR)
            with suppress(Unavailable, psycopg.Error, SQLAlchemyError):  # the next turn tries again
                await refresh()

    await refresh()
    task = asyncio.create_task(forever(), name="fresh channels and providers")
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def _counting(tally: Tally) -> AsyncIterator[None]:
    """Add this process's security events to the shared counts, regularly and at the end."""
    stopping = asyncio.Event()

    async def forever() -> None:
        while not stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), COUNTED_EVERY)
            with suppress(Unavailable, psycopg.Error):  # kept for the next time
                await security.flush(tally)

    task = asyncio.create_task(forever(), name="counting security events")
    try:
        yield
    finally:
        stopping.set()  # not cancelled, because then nobody would know whether they were counted
        await task


@asynccontextmanager
async def _waking(pool: Database) -> AsyncIterator[None]:
    """Notify the relays after commits that left events, at most every WAKE_AT_MOST seconds."""

    async def forever() -> None:
        while True:
            await pool.happened.wait()
            pool.happened.clear()
            with suppress(Unavailable, psycopg.Error):  # they look by themselves, a second later
                await outbox.wake()
            await asyncio.sleep(WAKE_AT_MOST)

    task = asyncio.create_task(forever(), name="waking relays")
    try:
        yield
    finally:
        task.cancel()
