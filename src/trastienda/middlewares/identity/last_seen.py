"""Records when sessions and keys were last used, without making a request wait."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from psycopg import Error

from trastienda.controllers.accounts import sessions
from trastienda.database.db import utcnow
from trastienda.errors import Unavailable
from trastienda.schemas.shared.visitor import Visitor

log = structlog.get_logger()
EVERY = timedelta(minutes=1)


class LastSeen:
    """The sessions and keys that were used and are not recorded yet."""

    def __init__(self) -> None:
        self._sessions: set[UUID] = set()
        self._keys: set[UUID] = set()
        self._writer: asyncio.Task[None] | None = None

    def note(self, visitor: Visitor, last: datetime | None, now: datetime) -> None:
        """Record a visitor who was last seen more than a minute ago."""
        if last is not None and now - last < EVERY:
            return
        if visitor.session_id is not None:
            self._sessions.add(visitor.session_id)
        if visitor.key_id is not None:
            self._keys.add(visitor.key_id)
        if self._writer is None:  # only one at a time, which records all until it ends
            self._writer = asyncio.create_task(self._write(), name="last use")

    async def settled(self) -> None:
        """Wait until everything noted is recorded, for use before the pool closes."""
        while self._writer is not None:
            await self._writer

    async def _write(self) -> None:
        try:
            while self._sessions or self._keys:
                session_ids, key_ids = self._sessions, self._keys
                self._sessions, self._keys = set(), set()
                await self._touch(session_ids, key_ids)
        finally:  # at once, not in a callback: the next visitor noted needs a new writer
            self._writer = None

    @staticmethod
    async def _touch(session_ids: set[UUID], key_ids: set[UUID]) -> None:
        try:
            await sessions.touch(session_ids, key_ids, utcnow())
        except (Error, Unavailable) as error:  # their next request notes them again
            log.info("last use is not recorded", reason=str(error))
