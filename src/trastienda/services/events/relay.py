"""Positions among all events, and the notifications that wake waiting processes.

A position is given after the commit, by one node at a time: whoever has read up to a position has
missed nothing, however late a transaction committed. `id` and `created_at` cannot promise that.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.driver import Call
from trastienda.services.events.events import RecordedEvent

BATCH = 1_000
"""The most events that get their positions at once."""
CHANNEL = "trastienda_events"
"""The channel (`NOTIFY`) that wakes those who wait for events."""
WAKE = "trastienda_outbox"
"""The channel that wakes the relay."""
_TURN = prepared("SELECT last FROM outbox FOR UPDATE SKIP LOCKED")
# Earlier events of an aggregate come along, even if clocks that differ put them later. The first
# limit is a constant: with a parameter alone, PostgreSQL takes a generic plan for dear after a
# backlog, and plans this anew each time.
_PLACE = prepared(f"""
    WITH oldest AS (
        SELECT aggregate_id, sequence FROM (
            SELECT aggregate_id, sequence, created_at, id FROM events WHERE position IS NULL
            ORDER BY created_at, id LIMIT {BATCH}) AS first
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
        RETURNING events.id, events.type, events.aggregate_id, events.position,
            CASE WHEN events.type = ANY (%(wanted)s::text[]) THEN events.data END AS data,
            events.created_at, events.actor
    ), given AS (
        UPDATE outbox SET last = last + (SELECT count(*) FROM numbered)
    )
    SELECT id, type, aggregate_id, position, data, created_at, actor FROM placed ORDER BY position
""")
_NOTIFY = prepared("SELECT pg_notify(%(channel)s, %(text)s)")
_LAG = prepared("""
    SELECT count(*), coalesce(extract(epoch FROM %(now)s - min(created_at)), 0)::float8
    FROM events WHERE position IS NULL
""")


class Relayed(NamedTuple):
    """An event that has just got its position."""

    id: UUID
    type: str
    aggregate_id: UUID
    position: int
    event: RecordedEvent | None
    """What was recorded, for the types of which it was asked."""


class Lag(NamedTuple):
    """Events that wait for their position."""

    events: int
    seconds: float
    """How long the oldest one has waited."""


async def claim(session: Session) -> bool:
    """Take the right to relay until the transaction ends; False if another node has it."""
    return await _TURN.row(session) is not None


async def assign_positions(
    session: Session, most: int, now: datetime, wanted: Collection[str] = ()
) -> list[Relayed]:
    """Give the oldest waiting events their positions, keeping the order within an aggregate.

    At most `most` of them, and BATCH. Events of the types that are `wanted` are read as well.
    """
    rows = await _PLACE.rows(session, most=most, now=now, wanted=list(wanted))
    return [_relayed(row) for row in rows]


def _relayed(row: Row) -> Relayed:
    id_, type_, aggregate_id, position, data, created_at, actor = row
    told = None if data is None else RecordedEvent(type_, data, created_at, aggregate_id, actor)
    return Relayed(id_, type_, aggregate_id, position, told)


def notifying(channel: str, text: str = "") -> Call:
    """Return the call that sends a notification, which PostgreSQL delivers after the commit."""
    return _NOTIFY.call({"channel": channel, "text": text})


async def notify(session: Reading, channel: str, text: str = "") -> None:
    """Send a notification, which PostgreSQL delivers when the transaction commits."""
    await _NOTIFY(session, channel=channel, text=text)


async def lag(session: Reading, now: datetime) -> Lag:
    """Return how many events wait for their position, and for how long."""
    row = await _LAG.row(session, now=now)
    return Lag(*row) if row else Lag(0, 0.0)
