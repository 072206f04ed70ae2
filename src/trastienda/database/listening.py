"""Receiving notifications of PostgreSQL (`LISTEN`) on a separate connection."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from psycopg import AsyncConnection, Error, OperationalError
from psycopg.sql import SQL, Identifier

log = structlog.get_logger()
AGAIN = 2.0  # seconds before a new attempt after the connection was lost


async def listen(url: str, channel: str, heard: Callable[[str], None]) -> None:
    """Call `heard` with each notification of `channel` until cancelled.

    It is also called with an empty string whenever listening begins, because notifications sent
    before are lost. `url` must lead to PostgreSQL itself: a pooler does not pass notifications on.
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
