"""Tells the database which sessions and keys are in use, without a request waiting for it."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from psycopg import Error

from trastienda.controllers import sessions
from trastienda.database.db import utcnow
from trastienda.errors import Unavailable
from trastienda.schemas.visitor import Visitor

log = structlog.get_logger()
EVERY = timedelta(minutes=1)

_sessions: set[UUID] = set()
_keys: set[UUID] = set()
_writers: set[asyncio.Task[None]] = set()


def note(visitor: Visitor, last: datetime | None, now: datetime) -> None:
    """Have a visitor written down who was last seen more than a minute ago."""
    if last is not None and now - last < EVERY:
        return
    if visitor.session_id is not None:
        _sessions.add(visitor.session_id)
    if visitor.key_id is not None:
        _keys.add(visitor.key_id)
    if not _writers:  # one at a time: it takes everybody noted until it is done
        writer = asyncio.create_task(_write())
        _writers.add(writer)
        writer.add_done_callback(_writers.discard)


async def settled() -> None:
    """Wait until everybody noted is written down, as before the pool closes."""
    while _writers:
        await asyncio.gather(*_writers)


async def _write() -> None:
    while _sessions or _keys:
        session_ids, key_ids = set(_sessions), set(_keys)
        _sessions.clear()
        _keys.clear()
        try:
            await sessions.seen(session_ids, key_ids, utcnow())
        except (Error, Unavailable) as error:  # their next request notes them again
            log.info("sightings lost", reason=str(error))
