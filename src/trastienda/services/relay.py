"""Positions among all events, and what waits for them.

A position is given after the commit, by one node at a time: who reads up to one has missed nothing,
however late a transaction committed. `id` and `created_at` cannot promise that.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared

CHANNEL = "trastienda_events"
"""Where who waits for events listens (`NOTIFY`)."""
WAKE = "trastienda_outbox"
"""Where the relay listens."""
_TURN = prepared("SELECT last FROM outbox FOR UPDATE SKIP LOCKED")
# What is earlier in an aggregate comes along, even if clocks that differ put it later.
_PLACE = prepared("""
    WITH oldest AS (
        SELECT aggregate_id, sequence FROM events WHERE position IS NULL
        ORDER BY created_at, id LIMIT %(most)s
    ), upto AS (
        SELECT aggregate_id, max(sequence) AS sequence FROM oldest GROUP BY aggregate_id
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY since, aggregate_id, sequence) AS number FROM (
            SELECT events.id, events.aggregate_id, events.sequence,
                max(events.created_at) OVER (
                    PARTITION BY events.aggregate_id ORDER BY events.sequence) AS since
            FROM upto JOIN events ON events.aggregate_id = upto.aggregate_id
                AND events.sequence <= upto.sequence AND events.position IS NULL) AS waiting
    ), placed AS (
        UPDATE events SET relayed_at = %(now)s,
            position = (SELECT last FROM outbox) + numbered.number
        FROM numbered WHERE numbered.id = events.id
        RETURNING events.id, events.type, events.aggregate_id, events.position
    ), given AS (
        UPDATE outbox SET last = last + (SELECT count(*) FROM numbered)
    )
    SELECT id, type, aggregate_id, position FROM placed ORDER BY position
""")
_NOTIFY = prepared("SELECT pg_notify(%(channel)s, %(text)s)")
_LAG = prepared("""
    SELECT count(*), coalesce(extract(epoch FROM %(now)s - min(created_at)), 0)::float8
    FROM events WHERE position IS NULL
""")


class Relayed(NamedTuple):
    """An event that has its place now."""

    id: UUID
    type: str
    aggregate_id: UUID
    position: int


class Lag(NamedTuple):
    """What has happened and was not told yet."""

    events: int
    seconds: float
    """How long the oldest waits."""


async def turn(session: Session) -> bool:
    """Take the right to relay until the transaction ends; False while another node has it."""
    return await _TURN.row(session) is not None


async def place(session: Session, most: int, now: datetime) -> list[Relayed]:
    """Give the oldest waiting events their positions, those of an aggregate in their order."""
    return [Relayed(*row) for row in await _PLACE.rows(session, most=most, now=now)]


async def notify(session: Reading, channel: str, text: str = "") -> None:
    """Wake who listens; in a transaction, when it commits."""
    await _NOTIFY(session, channel=channel, text=text)


async def lag(session: Reading, now: datetime) -> Lag:
    row = await _LAG.row(session, now=now)
    return Lag(*row) if row else Lag(0, 0.0)
