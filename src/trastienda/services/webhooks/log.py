"""The log of deliveries, as staff read it, and sending some of them again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.webhooks.webhook import DeliveryState, Trouble
from trastienda.errors import Invalid, NotFound
from trastienda.schemas.webhooks.delivery import (
    AttemptView,
    DeliveriesWanted,
    DeliveryDetail,
    DeliveryPage,
    DeliveryView,
    ReplayView,
    ReplayWanted,
)
from trastienda.services.shared import cursors
from trastienda.services.webhooks import webhooks
from trastienda.services.webhooks.deliveries import FOR, QUEUED

MOST = 10_000
"""Events that one call sends again at most."""

_COLUMNS = """webhook_deliveries.id, webhook_id, event_id, type, state, attempts,
    webhook_deliveries.created_at, due_at, ended_at"""
_PAGE = prepared(f"""
    SELECT {_COLUMNS}, number FROM webhook_deliveries
    WHERE webhook_id = %(webhook)s AND (%(state)s::text IS NULL OR state = %(state)s)
        AND (%(number)s::bigint IS NULL OR number < %(number)s)
    ORDER BY number DESC LIMIT %(limit)s + 1
""")
_ONE = prepared(f"""
    SELECT {_COLUMNS} FROM webhook_deliveries WHERE id = %(id)s AND webhook_id = %(webhook)s
""")
_TRIES = prepared("""
    SELECT number, at, milliseconds, request_headers, status, answer, trouble FROM (
        SELECT * FROM webhook_attempts WHERE delivery_id = %(id)s
        ORDER BY number DESC LIMIT 100) AS latest
    ORDER BY number
""")
_AGAIN = prepared(f"""
    INSERT INTO webhook_deliveries ({QUEUED}, body)
    SELECT webhook_id, event_id, type, %(now)s, %(now)s, '{DeliveryState.PENDING}', 0, 0, body
    FROM webhook_deliveries WHERE id = %(id)s AND webhook_id = %(webhook)s
    RETURNING {_COLUMNS}
""")
_REPLAY = prepared(f"""
    WITH found AS MATERIALIZED (
        SELECT id, type, position FROM events
        WHERE position > %(after)s
            AND (%(before)s::bigint IS NULL OR position < %(before)s::bigint)
            AND (%(start)s::timestamptz IS NULL OR created_at >= %(start)s::timestamptz)
            AND (%(end)s::timestamptz IS NULL OR created_at < %(end)s::timestamptz)
            AND %(types)s::text[] && {FOR.format(type="type::text")}
        ORDER BY position LIMIT {MOST} + 1
    ), wanted AS MATERIALIZED (
        SELECT * FROM found ORDER BY position LIMIT {MOST}
    ), queued AS (
        INSERT INTO webhook_deliveries ({QUEUED})
        SELECT %(webhook)s, id, type, %(now)s, %(now)s, '{DeliveryState.PENDING}', 0, 0 FROM wanted
        ORDER BY position
    )
    SELECT count(*), max(position), (SELECT count(*) FROM found) > {MOST} FROM wanted
""")


async def page(session: Reading, wanted: DeliveriesWanted) -> DeliveryPage:
    """List an endpoint's deliveries, the newest first. Raise CursorUnusable."""
    shape = ["deliveries", str(wanted.webhook_id), wanted.state or ""]
    number, _ = cursors.read(wanted.cursor, shape, int) if wanted.cursor else (None, None)
    rows = await _PAGE.rows(
        session,
        webhook=wanted.webhook_id,
        state=wanted.state and wanted.state.value,
        number=number,
        limit=wanted.limit,
    )
    items = [_view(row) for row in rows[: wanted.limit]]
    if len(rows) <= wanted.limit:
        return DeliveryPage(items, None)
    return DeliveryPage(items, cursors.after(shape, str(rows[wanted.limit - 1][-1]), items[-1].id))


async def detail(session: Reading, webhook_id: UUID, delivery_id: UUID) -> DeliveryDetail:
    """Return one delivery with its attempts. Raise DeliveryNotFound."""
    row = await _ONE.row(session, id=delivery_id, webhook=webhook_id)
    if row is None:
        raise DeliveryNotFound
    return DeliveryDetail(**_fields(row), tries=await _tries(session, delivery_id))


async def queue_again(
    session: Session, webhook_id: UUID, delivery_id: UUID, now: datetime
) -> DeliveryView:
    """Queue the same event again, as a new delivery. Raise DeliveryNotFound."""
    if row := await _AGAIN.row(session, id=delivery_id, webhook=webhook_id, now=now):
        return _view(row)
    raise DeliveryNotFound


async def replay(
    session: Session, webhook_id: UUID, wanted: ReplayWanted, now: datetime
) -> ReplayView:
    """Queue past events for one endpoint. Raise WebhookNotFound or ReplayUnbounded."""
    if wanted.from_ is None and wanted.after is None:
        raise ReplayUnbounded(pointer="/after")
    if wanted.types is not None:
        webhooks.check_types(wanted.types)
    webhook = await webhooks.view(session, webhook_id)
    row = await _REPLAY.row(
        session,
        webhook=webhook_id,
        after=wanted.after or 0,
        before=wanted.before,
        start=wanted.from_,
        end=wanted.to,
        types=list(wanted.types or webhook.types),
        now=now,
    )
    queued, up_to, more = row or (0, None, False)
    return ReplayView(queued=queued, up_to=up_to, more=more)


async def _tries(session: Reading, delivery_id: UUID) -> list[AttemptView]:
    return [
        AttemptView(
            number=number,
            at=at,
            milliseconds=milliseconds,
            request_headers=headers,
            status=status,
            answer=answer,
            trouble=trouble and Trouble(trouble),
        )
        for number, at, milliseconds, headers, status, answer, trouble in await _TRIES.rows(
            session, id=delivery_id
        )
    ]


def _view(row: Row) -> DeliveryView:
    return DeliveryView(**_fields(row))


def _fields(row: Row) -> dict[str, Any]:
    id_, webhook_id, event_id, type_, state, attempts, created_at, due_at, ended_at, *_ = row
    return {
        "id": id_,
        "webhook_id": webhook_id,
        "event_id": event_id,
        "type": type_,
        "state": DeliveryState(state),
        "attempts": attempts,
        "created_at": created_at,
        "due_at": None if ended_at else due_at,
        "ended_at": ended_at,
    }


class DeliveryNotFound(NotFound):
    """There is no such delivery, or it is not kept any more."""


class ReplayUnbounded(Invalid):
    """Say from where on: `after` a position, or `from` a time."""
