"""Being woken by PostgreSQL: `LISTEN` on a connection of its own."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from psycopg import AsyncConnection, Error, OperationalError
from psycopg.sql import SQL, Identifier

log = structlog.get_logger()
AGAIN = 2.0  # seconds before we look for a lost database again


async def listen(url: str, channel: str, heard: Callable[[str], None]) -> None:
    """Call `heard` with each notification of `channel` until cancelled.

    It is also called, with nothing, whenever listening begins: what was said before is not heard,
    so look once. `url` is of PostgreSQL itself: a pool between us would swallow notifications.
    """
    while True:
        with suppress(OSError, Error):
            await _hear(url, channel, heard)
        await asyncio.sleep(AGAIN)


async def _hear(url: str, channel: str, heard: Callable[[str], None]) -> None:
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
        heard("")
        async for notification in connection.notifies():
            heard(notification.payload)
    raise OperationalError
