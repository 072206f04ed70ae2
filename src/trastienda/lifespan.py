"""What is open while a web worker serves: the database, ways out, and what goes on by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from trastienda.controllers import beginnings, outbox
from trastienda.database.db import Database, connected, reading, utcnow
from trastienda.errors import Unavailable
from trastienda.middlewares import sightings
from trastienda.schemas.terms import Terms
from trastienda.services import channels, news, outside, payments, webhook_sending
from trastienda.services.tokens import signing
from trastienda.services.webhook_sending import Sender
from trastienda.settings import Settings

FRESH_FOR = 5.0  # seconds
REFRESHING = asyncio.Lock()
"""Held while a process reads the channels; who changes its database waits for that."""
WAKE_AT_MOST = 0.05  # seconds between two


@asynccontextmanager
async def serving(settings: Settings, database: Database | None = None) -> AsyncIterator[None]:
    """Open everything, and close it in turn."""
    pool = database or Database(settings.database_url or "", settings.pool)
    sender = Sender(private=settings.private_webhooks, plain=not settings.in_production)
    with signing(settings.secret or ""), payments.offered(in_production=settings.in_production):
        async with AsyncExitStack() as open_while:
            for each in (
                connected(pool),
                webhook_sending.sending(sender),
                outside.connected(settings),
                _fresh_channels(),
                _waking(pool),
                news.heard(settings.database_direct_url or settings.database_url or ""),
            ):
                await open_while.enter_async_context(each)
            await beginnings.tell(Terms(utcnow()))
            yield
            await sightings.settled()


@asynccontextmanager
async def _fresh_channels() -> AsyncIterator[None]:
    """Keep what every request needs of the channels at hand, a few seconds old at most."""

    async def refresh() -> None:
        async with REFRESHING, reading() as session:
            await channels.refresh(session)

    async def forever() -> None:
        while True:
            await asyncio.sleep(FRESH_FOR)
            with suppress(Unavailable, psycopg.Error, SQLAlchemyError):  # next time, then
                await refresh()

    await refresh()
    task = asyncio.create_task(forever(), name="fresh channels")
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def _waking(pool: Database) -> AsyncIterator[None]:
    """Tell the relays after commits that left events, at most so often."""

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
