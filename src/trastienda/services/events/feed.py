"""Events in order of position, as JSON that the database makes and nobody decodes."""

from functools import partial
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.errors import Invalid, NotFound
from trastienda.services.events.types import CATALOGUE

SCAN = 10_000
"""Events that one query examines when it filters by type, as few of them may match."""
MOST_BYTES = 2_000_000
"""Bytes of JSON after which a page ends, whatever its limit; it holds at least one event."""
VIEW = """json_build_object(
    'id', events.id, 'type', events.type,
    'timestamp', to_char(events.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'position', events.position, 'aggregate', events.aggregate,
    'aggregate_id', events.aggregate_id, 'sequence', events.sequence,
    'schema_version', events.schema_version,
    'actor', json_build_object('type', events.actor, 'id', events.actor_id),
    'data', events.data)::text"""
"""An EventView as JSON."""
_LAST = prepared("SELECT last FROM outbox")
_BY_ID = prepared(f"SELECT {VIEW} FROM events WHERE id = %(id)s AND position IS NOT NULL")
# Positions and `last` are read in one snapshot, so nothing up to `last` can appear later. Events
# are encoded one by one until a limit is reached, so none is encoded in vain.
_AFTER = prepared(f"""
    WITH RECURSIVE scanned AS MATERIALIZED (
        SELECT position, type FROM events WHERE position > %(after)s
        ORDER BY position LIMIT %(scan)s
    ), wanted AS MATERIALIZED (
        SELECT array_agg(position ORDER BY position) AS places FROM (
            SELECT position FROM scanned
            WHERE %(types)s::text[] IS NULL OR type = ANY (%(types)s::text[])
            ORDER BY position LIMIT %(limit)s + 1) AS first
    ), shown (number, size, position, type, view) AS (
        SELECT 0, 0::bigint, 0::bigint, ''::varchar, ''
        UNION ALL
        SELECT shown.number + 1, shown.size + octet_length(next.view),
            next.position, next.type, next.view
        FROM shown CROSS JOIN wanted CROSS JOIN LATERAL (
            SELECT events.position, events.type, {VIEW} AS view FROM events
            WHERE events.position = wanted.places[shown.number + 1] LIMIT 1) AS next
        WHERE shown.number < %(limit)s AND shown.size < {MOST_BYTES}
    ), edge AS (
        SELECT outbox.last, CASE
            WHEN (SELECT cardinality(places) FROM wanted) > (SELECT max(number) FROM shown)
                THEN (SELECT max(position) FROM shown)
            WHEN (SELECT count(*) FROM scanned) = %(scan)s THEN (SELECT max(position) FROM scanned)
        END AS upto FROM outbox
    )
    SELECT edge.last::text, coalesce(edge.upto, edge.last)::text, (edge.upto IS NOT NULL)::text,
        shown.position::text, shown.type, shown.view
    FROM edge LEFT JOIN shown ON shown.number > 0
    ORDER BY shown.number
""")


class Entry(NamedTuple):
    """An event, ready to be sent."""

    position: bytes
    type: bytes
    view: bytes


class Batch(NamedTuple):
    """Events in order of position, and the position to go on from."""

    events: list[Entry]
    next_after: int
    more: bool


def types(asked: str | None) -> list[str] | None:
    """Parse a filter such as `order.*,stock.changed`; None means all. Raise EventTypeUnknown."""
    if asked is None:
        return None
    found: list[str] = []
    for name in (part.strip() for part in asked.split(",")):
        stem = name.removesuffix("*")
        whole = name.endswith(".*")
        named = [it for it in CATALOGUE if it == name or (whole and it.startswith(stem))]
        if not named:
            raise EventTypeUnknown(event_type=name, pointer="/types")
        found += named
    return found


async def after(session: Reading, position: int, wanted: list[str] | None, limit: int) -> Batch:
    """Return the next events of the wanted types after a position. Raise PositionUnknown.

    A batch may be empty and still say that there is more. It ends after about 2 MB of JSON.
    """
    scan = SCAN if wanted is not None else limit + 1
    ask = partial(_AFTER.texts, session, after=position, types=wanted)
    rows = await ask(limit=limit, scan=max(scan, limit + 1))
    last, upto, more, *_ = rows[0]
    if position > int(last):
        raise PositionUnknown(last=int(last), pointer="/after")
    entries = [Entry(*row[3:]) for row in rows if row[3]]
    return Batch(entries, int(upto), more == b"true")


async def last(session: Reading) -> int:
    """Return the newest position."""
    row = await _LAST.row(session)
    return int(row[0]) if row else 0


async def start(session: Reading, position: int | None) -> int:
    """Return the position to start from, by default the newest one. Raise PositionUnknown."""
    newest = await last(session)
    if position is not None and position > newest:
        raise PositionUnknown(last=newest, pointer="/after")
    return newest if position is None else position


async def by_id(session: Reading, event_id: UUID) -> bytes:
    """Return one relayed event as JSON. Raise EventNotFound."""
    document = await _BY_ID.document(session, id=event_id)
    if document is None:
        raise EventNotFound
    return document


class EventTypeUnknown(Invalid):
    """There is no such type of event."""


class PositionUnknown(Invalid):
    """No event has come as far as this position."""


class EventNotFound(NotFound):
    """There is no such event, or it is not kept any more."""
