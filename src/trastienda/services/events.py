"""The outbox: what happened, written in the transaction in which it happened."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.event import PASSING
from trastienda.schemas.event import EventType, Gone
from trastienda.schemas.terms import Terms


class Whole(Protocol):
    """A view of something that has a row of its own."""

    @property
    def id(self) -> UUID: ...


V = TypeVar("V", bound=Whole)
COLUMNS = (
    "id, aggregate, aggregate_id, sequence, type, schema_version, data, actor, actor_id, created_at"
)
_APPEND = prepared(f"""
    INSERT INTO events ({COLUMNS})
    SELECT %(id)s, split_part(%(type)s, '.', 1), %(aggregate_id)s, coalesce(max(sequence), 0) + 1,
        %(type)s, %(schema_version)s, %(data)s, %(actor)s, %(actor_id)s::uuid, %(now)s
    FROM events WHERE aggregate_id = %(aggregate_id)s
""")
_BY_ID = prepared("""
    SELECT type, data, created_at, aggregate_id, actor FROM events WHERE id = %(id)s
""")
# The last event of each aggregate stays: it holds the whole of it, and the next number. So an event
# goes when the one after it is old enough: each position is looked at once, by one node, and what
# stays is never looked at again until something follows it.
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
# A letter that is in the log still can be sent again: its numbers go on, so its last event stays.
_SWEEP_PASSING = prepared(f"""
    DELETE FROM events WHERE id IN (
        SELECT id FROM events WHERE {PASSING} AND relayed_at < %(before)s
            AND NOT EXISTS (SELECT FROM letters_sent WHERE letters_sent.id = events.aggregate_id)
        ORDER BY relayed_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class Told(NamedTuple):
    """What happened, as it was written down then."""

    type: str
    data: dict[str, Any]
    at: datetime
    aggregate_id: UUID
    actor: str


async def append(
    session: Session, type_: EventType, aggregate_id: UUID, data: object, terms: Terms
) -> None:
    """Record what happened to an aggregate whose row is locked, or is new. One statement.

    The lock is what keeps the sequence without gaps; a constraint holds it to that.
    """
    session.wake_relay()
    await _APPEND(
        session,
        id=uuid7(),
        aggregate_id=aggregate_id,
        type=type_.name,
        data=Jsonb(data),
        **cause(type_, terms),
    )


async def tell_new(
    session: Session, type_: EventType, views: Iterable[Whole], terms: Terms
) -> None:
    """Record that many things are new, by one COPY."""
    session.wake_relay()
    version, actor, actor_id, now = cause(type_, terms).values()
    aggregate, _, _ = type_.name.partition(".")
    statement = f"COPY events ({COLUMNS}) FROM STDIN"
    async with session.driver.cursor() as cursor, cursor.copy(statement) as copy:
        for view in views:
            first = uuid7(), aggregate, view.id, 1, type_.name, version
            data = msgspec.json.encode(view).decode()
            await copy.write_row((*first, data, actor, actor_id, now))


async def tell(session: Session, type_: EventType, view: V, terms: Terms) -> V:
    """Record what is also the answer, and return it, kept for a client that asks once more."""
    await append(session, type_, view.id, view, terms)
    return await session.answer(view)


async def tell_gone(session: Session, type_: EventType, aggregate_id: UUID, terms: Terms) -> None:
    """Record that something is deleted, and that this is the answer."""
    await append(session, type_, aggregate_id, Gone(aggregate_id), terms)
    await session.answer(None)


def cause(type_: EventType, terms: Terms) -> dict[str, object]:
    """Give the columns that say who has caused an event, when, and in which shape it is told."""
    return {
        "schema_version": type_.version,
        "actor": terms.by.type.value,
        "actor_id": terms.by.id,
        "now": terms.asked_at,
    }


async def by_id(session: Reading, event_id: UUID) -> Told | None:
    row = await _BY_ID.row(session, id=event_id)
    return Told(*row) if row else None


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that were followed, in their aggregate, by one relayed before then."""
    return await _SWEEP(session, before=before, most=most)


async def sweep_passing(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many, relayed before then, about what the shop itself has forgotten."""
    return await _SWEEP_PASSING(session, before=before, most=most)
