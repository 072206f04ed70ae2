"""Idempotency keys: a request takes effect once, and its answer is repeated byte for byte."""

from datetime import datetime
from hashlib import sha256
from typing import Self

import msgspec
from psycopg.errors import LockNotAvailable

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict, Invalid

_WAIT_BRIEFLY = prepared("SELECT set_config('lock_timeout', '3s', true)")
_CLAIM = prepared("""
    INSERT INTO idempotency_keys (scope, key, digest, created_at)
    VALUES (%(scope)s, %(key)s, %(digest)s, %(now)s)
    ON CONFLICT DO NOTHING
""")
_FIRST = prepared("""
    SELECT digest, status, answer FROM idempotency_keys WHERE scope = %(scope)s AND key = %(key)s
""")
_KEEP = prepared("""
    UPDATE idempotency_keys SET status = %(status)s, answer = %(answer)s
    WHERE scope = %(scope)s AND key = %(key)s
""")
_SWEEP = prepared("""
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_keys WHERE created_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class IdempotencyKey:
    """A key with the digest of its request. `status` is returned with the stored answer."""

    status_again = 200

    def __init__(self, names: tuple[str, str], digest: bytes, status: int, now: datetime) -> None:
        self.scope, self.key = names
        self.digest = digest
        self.status = status
        self.now = now

    def part(self, name: str) -> Self:
        """Give the key of a part of the request, which has its effect on its own."""
        return type(self)((f"{self.scope} {name}", self.key), self.digest, self.status, self.now)

    def covering(self, content: bytes) -> Self:
        """Give the key of the same request, with content that was not read with the rest of it."""
        digest = sha256(self.digest + content).digest()
        return type(self)((self.scope, self.key), digest, self.status, self.now)

    async def claim(self, session: Session) -> None:
        """Raise Replayed, KeyReused, or (while the first request is running) KeyInUse."""
        names = {"scope": self.scope, "key": self.key}
        await _WAIT_BRIEFLY(session)
        try:
            mine = await _CLAIM(session, **names, digest=self.digest, now=self.now)
        except LockNotAvailable as running:
            raise KeyInUse(retry_after=1) from running
        if not mine:
            await self.recall(session)
            raise KeyInUse(retry_after=1)  # it was rolled back between the two statements

    async def recall(self, session: Reading) -> None:
        """Raise Replayed or KeyReused if the key is known."""
        first = await _FIRST.row(session, scope=self.scope, key=self.key)
        if first is not None:
            digest, status, answer = first
            if digest != self.digest:
                raise KeyReused
            raise Replayed(status, answer)

    async def keep(self, session: Session, view: object, *, again: bool) -> None:
        """Store the answer. If `again`, repeated requests get `status_again` as its status."""
        answer = b"" if view is None else msgspec.json.encode(view)
        status = self.status_again if again else self.status
        await _KEEP(session, scope=self.scope, key=self.key, status=status, answer=answer)

    @property
    def name(self) -> str:
        return f"{self.scope} {self.key}"


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` keys created before then; return how many."""
    return await _SWEEP(session, before=before, most=most)


class Replayed(Exception):
    """Not a failure: the request took effect before, and this was its answer."""

    def __init__(self, status: int, answer: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.answer = answer


class KeyReused(Invalid):
    """This idempotency key was used for another request."""


class KeyInUse(Conflict):
    """The first request with this idempotency key is still running."""
