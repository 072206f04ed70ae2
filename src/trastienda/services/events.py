"""The outbox: what happened, written in the transaction in which it happened."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Row, Session, prepared

_APPEND = prepared("""
    INSERT INTO events (id, aggregate, aggregate_id, sequence, type, data, created_at)
    SELECT %(id)s, split_part(%(type)s, '.', 1), %(aggregate_id)s, coalesce(max(sequence), 0) + 1,
        %(type)s, %(data)s, %(now)s
    FROM events WHERE aggregate_id = %(aggregate_id)s
""")
_WAITING = prepared("""
    SELECT id, type, aggregate_id, data FROM events
    WHERE relayed_at IS NULL ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
""")
_RELAYED = prepared("UPDATE events SET relayed_at = %(now)s WHERE id = ANY (%(ids)s)")


async def append(
    session: Session, type_: str, aggregate_id: UUID, data: object, now: datetime
) -> None:
    """Record what happened (`order.paid`) to an aggregate whose row is locked, or is new.

    The lock is what keeps the sequence without gaps; a constraint holds it to that.
    """
    what = {"type": type_, "data": Jsonb(msgspec.to_builtins(data))}
    await _APPEND(session, id=uuid7(), aggregate_id=aggregate_id, **what, now=now)


async def waiting(session: Session, limit: int) -> Sequence[Row]:
    """Take events that no job was queued for yet: id, type, aggregate's id, data; oldest first."""
    return await _WAITING.rows(session, limit=limit)


async def mark_relayed(session: Session, ids: list[UUID], now: datetime) -> None:
    await _RELAYED(session, ids=ids, now=now)
