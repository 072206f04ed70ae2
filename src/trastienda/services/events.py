"""The outbox: what happened, written in the transaction in which it happened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared

_APPEND = prepared("""
    INSERT INTO events (id, aggregate, aggregate_id, sequence, type, data, created_at)
    SELECT %(id)s, split_part(%(type)s, '.', 1), %(aggregate_id)s, coalesce(max(sequence), 0) + 1,
        %(type)s, %(data)s, %(now)s
    FROM events WHERE aggregate_id = %(aggregate_id)s
""")
# Several relays may run: each takes what the others have not locked, but nothing whose aggregate
# has something earlier that waits elsewhere, so that the order of an aggregate holds on all nodes.
_WAITING = prepared("""
    WITH taken AS (
        SELECT id, type, aggregate_id, sequence FROM events
        WHERE relayed_at IS NULL ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    )
    SELECT id, type, aggregate_id FROM taken
    WHERE NOT EXISTS (
        SELECT 1 FROM events AS earlier
        WHERE earlier.aggregate_id = taken.aggregate_id AND earlier.sequence < taken.sequence
          AND earlier.relayed_at IS NULL AND earlier.id NOT IN (SELECT id FROM taken))
    ORDER BY first_value(id) OVER (PARTITION BY aggregate_id ORDER BY sequence), sequence
""")
_BY_ID = prepared("SELECT type, data, created_at FROM events WHERE id = %(id)s")
_RELAYED = prepared("UPDATE events SET relayed_at = %(now)s WHERE id = ANY (%(ids)s)")


class Waiting(NamedTuple):
    """An event that the relay has taken."""

    id: UUID
    type: str
    aggregate_id: UUID


class Told(NamedTuple):
    """What happened, as it was written down then."""

    type: str
    data: dict[str, Any]
    at: datetime


async def append(
    session: Session, type_: str, aggregate_id: UUID, data: object, now: datetime
) -> None:
    """Record what happened (`order.paid`) to an aggregate whose row is locked, or is new.

    The lock is what keeps the sequence without gaps; a constraint holds it to that.
    """
    what = {"type": type_, "data": Jsonb(msgspec.to_builtins(data))}
    await _APPEND(session, id=uuid7(), aggregate_id=aggregate_id, **what, now=now)


async def waiting(session: Session, most: int) -> list[Waiting]:
    """Take events that no job was queued for yet, those of an aggregate in their order."""
    return [Waiting(*row) for row in await _WAITING.rows(session, most=most)]


async def mark_relayed(session: Session, ids: Sequence[UUID], now: datetime) -> None:
    await _RELAYED(session, ids=list(ids), now=now)


async def by_id(session: Reading, event_id: UUID) -> Told | None:
    row = await _BY_ID.row(session, id=event_id)
    return Told(*row) if row else None
