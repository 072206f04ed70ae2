"""The outbox: events, written in the transaction of the change that they are about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.events.event import PASSING
from trastienda.schemas.events.event import EventType, Gone
from trastienda.schemas.shared.context import Context


class Identifiable(Protocol):
    """A view of a record, which has an id."""

    @property
    def id(self) -> UUID: ...


V = TypeVar("V", bound=Identifiable)
COLUMNS = (
    "id, aggregate, aggregate_id, sequence, type, schema_version, data, actor, actor_id, created_at"
)
_APPEND = prepared(f"""
    INSERT INTO events ({COLUMNS})
    SELECT %(id)s, split_part(%(type)s, '.', 1), %(aggregate_id)s, coalesce(max(sequence), 0) + 1,
        %(type)s, %(schema_version)s, %(data)s, %(actor)s, %(actor_id)s::uuid, %(now)s
    FROM events WHERE aggregate_id = %(aggregate_id)s
""")
_APPEND_ALL = prepared(f"""
    INSERT INTO events ({COLUMNS})
    SELECT given.id, split_part(%(type)s, '.', 1), given.aggregate_id, 1 + coalesce((
            SELECT max(sequence) FROM events WHERE events.aggregate_id = given.aggregate_id), 0),
        %(type)s, %(schema_version)s, given.data, %(actor)s, %(actor_id)s::uuid, %(now)s
    FROM unnest(%(ids)s::uuid[], %(aggregates)s::uuid[], %(data)s::jsonb[])
        AS given (id, aggregate_id, data)
""")
_BY_ID = prepared("""
    SELECT type, data, created_at, aggregate_id, actor FROM events WHERE id = %(id)s
""")
# The last event of each aggregate is kept: it holds the whole record and the latest sequence
# number. So an event is deleted when the one after it is old enough. Each position is looked at
# once, by one node; an event that is kept is looked at again only through its successor.
_SWEEP = prepared("""
    WITH mark AS MATERIALIZED (
        SELECT upto FROM event_sweep FOR UPDATE SKIP LOCKED
    ), edge AS MATERIALIZED (
        SELECT position FROM events
        WHERE position IS NOT NULL AND relayed_at < %(before)s
        ORDER BY relayed_at DESC, position DESC LIMIT 1
    ), followed AS MATERIALIZED (
        SELECT earlier.id, later.position FROM (
            SELECT aggregate_id, sequence, position FROM events
            WHERE position > (SELECT upto FROM mark) AND position <= (SELECT position FROM edge)
            ORDER BY position) AS later
        CROSS JOIN LATERAL (
            SELECT id FROM events WHERE aggregate_id = later.aggregate_id
                AND sequence = later.sequence - 1 LIMIT 1) AS earlier
        ORDER BY later.position LIMIT %(most)s
    ), moved AS (
        UPDATE event_sweep SET upto = greatest(event_sweep.upto,
            CASE WHEN (SELECT count(*) FROM followed) = %(most)s
                THEN (SELECT max(position) FROM followed) ELSE edge.position END)
        FROM mark, edge
    )
    DELETE FROM events WHERE id = ANY (ARRAY(SELECT id FROM followed))
""")
# A mail that is still in the log can be sent again, which needs the next sequence number, so its
# last event is kept.
_SWEEP_PASSING = prepared(f"""
    DELETE FROM events WHERE id = ANY (ARRAY(
        SELECT id FROM events WHERE {PASSING} AND relayed_at < %(before)s
            AND NOT EXISTS (SELECT FROM letters_sent WHERE letters_sent.id = events.aggregate_id)
        ORDER BY relayed_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class RecordedEvent(NamedTuple):
    """An event as it was recorded."""

    type: str
    data: dict[str, Any]
    at: datetime
    aggregate_id: UUID
    actor: str


async def append(
    session: Session, type_: EventType, aggregate_id: UUID, data: object, context: Context
) -> None:
    """Record an event of an aggregate whose row is locked, or new. One statement.

    The lock keeps the sequence without gaps; a unique constraint enforces it.
    """
    session.wake_relay()
    await _APPEND(
        session,
        id=uuid7(),
        aggregate_id=aggregate_id,
        type=type_.name,
        data=Jsonb(data),
        **cause(type_, context),
    )


async def append_all(
    session: Session, type_: EventType, views: Sequence[Identifiable], context: Context
) -> None:
    """Record one event for each of several locked aggregates, whose data are their views."""
    session.wake_relay()
    await _APPEND_ALL(
        session,
        ids=[uuid7() for _ in views],
        aggregates=[it.id for it in views],
        data=[Jsonb(it) for it in views],
        type=type_.name,
        **cause(type_, context),
    )


async def record_created(
    session: Session,
    type_: EventType,
    views: Iterable[Identifiable],
    context: Context,
    *,
    sequence: int = 1,
) -> None:
    """Record that many records were created, by one COPY.

    `sequence` is 2 for what happened to all of them in the same transaction, and so on.
    """
    session.wake_relay()
    version, actor, actor_id, now = cause(type_, context).values()
    aggregate, _, _ = type_.name.partition(".")
    statement = f"COPY events ({COLUMNS}) FROM STDIN"
    async with session.driver.cursor() as cursor, cursor.copy(statement) as copy:
        for view in views:
            first = uuid7(), aggregate, view.id, sequence, type_.name, version
            data = msgspec.json.encode(view).decode()
            await copy.write_row((*first, data, actor, actor_id, now))


async def record(session: Session, type_: EventType, view: V, context: Context) -> V:
    """Record an event whose data is also the answer; return it, stored for repeated requests."""
    await append(session, type_, view.id, view, context)
    return await session.answer(view)


async def record_deletion(
    session: Session, type_: EventType, aggregate_id: UUID, context: Context
) -> None:
    """Record that something was deleted, and store the empty answer for repeated requests."""
    await append(session, type_, aggregate_id, Gone(aggregate_id), context)
    await session.answer(None)


def cause(type_: EventType, context: Context) -> dict[str, object]:
    """Return the columns that say who caused an event, when, and the version of its data."""
    return {
        "schema_version": type_.version,
        "actor": context.by.type.value,
        "actor_id": context.by.id,
        "now": context.asked_at,
    }


async def by_id(session: Reading, event_id: UUID) -> RecordedEvent | None:
    """Return an event as it was recorded, or None."""
    row = await _BY_ID.row(session, id=event_id)
    return RecordedEvent(*row) if row else None


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` events whose successor in the aggregate was relayed before then."""
    return await _SWEEP(session, before=before, most=most)


async def sweep_passing(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` events relayed before then about what the shop itself has deleted."""
    return await _SWEEP_PASSING(session, before=before, most=most)
