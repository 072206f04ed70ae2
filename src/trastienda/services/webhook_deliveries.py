"""Deliveries on their way: made with the relay's positions, leased to who sends them, and ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Session, prepared
from trastienda.services.event_feed import VIEW
from trastienda.services.relay import Relayed
from trastienda.services.webhook_health import STRUGGLING
from trastienda.services.webhook_sending import Errand, Outcome
from trastienda.services.webhooks import WebhookNotFound

LEASE = timedelta(seconds=30)
"""Three times as long as a try can take: whoever holds on longer has died."""
SIDE_BY_SIDE = 4
"""Requests to one endpoint at once, whatever the number of workers."""
FOR = "ARRAY['*', {type}, split_part({type}, '.', 1) || '.*']"
"""The filters that let a type through."""
QUEUED = "webhook_id, event_id, type, created_at, due_at, state, attempts, failures"

# An endpoint that is being deleted is waited for, and then not there; others hold nobody up.
_FAN_OUT = prepared(f"""
    INSERT INTO webhook_deliveries ({QUEUED})
    SELECT webhooks.id, event.id, event.type, %(now)s, %(now)s, 'pending', 0, 0
    FROM unnest(%(ids)s::uuid[], %(types)s::text[]) WITH ORDINALITY AS event (id, type, place)
        JOIN webhooks ON webhooks.active
            AND webhooks.types::text[] && {FOR.format(type="event.type")}
    ORDER BY event.place, webhooks.id
    FOR KEY SHARE OF webhooks
""")
# A rest ends with one try, whatever is due.
_OPEN = """waiting.webhook_id = webhooks.id AND waiting.state = 'pending'
    AND waiting.due_at <= CASE WHEN webhooks.resting_until IS NOT NULL
        THEN 'infinity'::timestamptz ELSE %(now)s::timestamptz END
    AND (waiting.leased_until IS NULL OR waiting.leased_until <= %(now)s)"""
# Who holds an endpoint's row is the only one who leases its deliveries; the others pass it by.
_READY = prepared(f"""
    SELECT id FROM webhooks
    WHERE active AND (resting_until IS NULL OR resting_until <= %(now)s)
        AND (SELECT true FROM webhook_deliveries AS waiting WHERE {_OPEN} LIMIT 1)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
""")
# First one of each endpoint, then the second ones: nobody's queue is in anybody's way.
_LEASE = prepared(f"""
    WITH wanted AS (
        SELECT webhooks.id AS webhook_id, next.id, next.number,
            webhooks.failures >= {STRUGGLING} AS struggling
        FROM webhooks CROSS JOIN LATERAL (
            SELECT * FROM (
                SELECT id, number FROM webhook_deliveries AS waiting
                WHERE webhooks.ordered AND {_OPEN} AND number = (
                    SELECT min(number) FROM webhook_deliveries AS earlier
                    WHERE earlier.webhook_id = webhooks.id AND earlier.state = 'pending')
                FOR UPDATE SKIP LOCKED) AS head
            UNION ALL
            SELECT * FROM (
                SELECT id, number FROM webhook_deliveries AS waiting
                WHERE NOT webhooks.ordered AND {_OPEN}
                ORDER BY due_at LIMIT {SIDE_BY_SIDE} FOR UPDATE SKIP LOCKED) AS earliest
            LIMIT greatest(0,
                CASE WHEN webhooks.ordered OR webhooks.failures >= {STRUGGLING}
                    THEN 1 ELSE {SIDE_BY_SIDE} END
                - (SELECT count(*) FROM webhook_deliveries AS held
                    WHERE held.webhook_id = webhooks.id AND held.leased_until > %(now)s))
            ) AS next
        WHERE webhooks.id = ANY (%(ready)s::uuid[])
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY webhook_id ORDER BY number) AS turn FROM wanted
    ), placed AS (
        SELECT *, row_number() OVER (PARTITION BY struggling ORDER BY turn, random()) AS place
        FROM ranked
    ), taken AS (
        SELECT * FROM placed WHERE NOT struggling OR place <= %(slow)s
        ORDER BY struggling, turn, place LIMIT %(most)s
    ), leased AS (
        UPDATE webhook_deliveries AS delivery
        SET attempts = delivery.attempts + 1, leased_until = %(until)s
        FROM taken WHERE delivery.id = taken.id
        RETURNING delivery.*, taken.struggling
    )
    SELECT leased.id, leased.attempts, leased.failures, leased.webhook_id, leased.event_id,
        coalesce(leased.body, CASE WHEN events.id IS NOT NULL THEN {VIEW} END),
        webhooks.url, webhooks.secret,
        CASE WHEN webhooks.previous_until > %(now)s THEN webhooks.previous_secret END,
        webhooks.resting_until IS NOT NULL, leased.struggling
    FROM leased JOIN webhooks ON webhooks.id = leased.webhook_id
        LEFT JOIN events ON events.id = leased.event_id
    ORDER BY leased.number
""")
_TRY_OUT = prepared("""
    WITH made AS (
        INSERT INTO webhook_deliveries (webhook_id, event_id, type, created_at, due_at, state,
            attempts, failures, body, leased_until)
        SELECT id, %(event_id)s, %(type)s, %(now)s, %(now)s, 'pending', 1, 0, %(body)s, %(until)s
        FROM webhooks WHERE id = %(webhook_id)s
        RETURNING *
    )
    SELECT made.id, made.attempts, made.failures, made.webhook_id, made.event_id, made.body,
        webhooks.url, webhooks.secret,
        CASE WHEN webhooks.previous_until > %(now)s THEN webhooks.previous_secret END,
        false, false
    FROM made JOIN webhooks ON webhooks.id = made.webhook_id
""")
_LOG = prepared("""
    INSERT INTO webhook_attempts (delivery_id, number, at, milliseconds, request_headers, status,
        answer, trouble)
    SELECT id, %(number)s, %(at)s, %(milliseconds)s, %(headers)s, %(status)s, %(answer)s,
        %(trouble)s
    FROM webhook_deliveries WHERE id = %(id)s ON CONFLICT DO NOTHING
""")
# It has arrived, even if somebody else is at it by now because we were slow.
_DELIVERED = prepared("""
    UPDATE webhook_deliveries SET state = 'delivered', ended_at = %(now)s, leased_until = NULL
    WHERE id = %(id)s AND state <> 'delivered'
""")
_PUT_OFF = prepared("""
    UPDATE webhook_deliveries SET leased_until = NULL, failures = failures + %(counted)s,
        due_at = coalesce(%(due)s, due_at),
        state = CASE WHEN %(over)s THEN 'failed' ELSE state END,
        ended_at = CASE WHEN %(over)s THEN %(now)s::timestamptz END
    WHERE id = %(id)s AND attempts = %(attempt)s AND state = 'pending'
""")
_SWEEP = prepared("""
    DELETE FROM webhook_deliveries WHERE id IN (
        SELECT id FROM webhook_deliveries WHERE ended_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")
_SWEEP_LEFT = prepared("""
    DELETE FROM webhook_deliveries WHERE id IN (
        SELECT waiting.id FROM webhooks JOIN webhook_deliveries AS waiting
            ON waiting.webhook_id = webhooks.id AND waiting.state = 'pending'
        WHERE NOT webhooks.active AND waiting.created_at < %(before)s
        LIMIT %(most)s FOR UPDATE OF waiting SKIP LOCKED)
""")


class Trial(NamedTuple):
    """Something that is sent to one endpoint, and is no event."""

    webhook_id: UUID
    event_id: UUID
    type: str
    body: str


async def fan_out(session: Session, events: Sequence[Relayed], now: datetime) -> int:
    """Queue events for all endpoints that are for them. One statement."""
    ids, types = [event.id for event in events], [event.type for event in events]
    return await _FAN_OUT(session, ids=ids, types=types, now=now)


async def lease(session: Session, most: int, slow: int, now: datetime) -> list[Errand]:
    """Take at most so many that are due, `slow` of them to endpoints whose last tries failed."""
    ready = [id_ for (id_,) in await _READY.rows(session, now=now)]
    if not ready:
        return []
    rows = await _LEASE.rows(session, ready=ready, most=most, slow=slow, now=now, until=now + LEASE)
    return [Errand(*row) for row in rows]


async def try_out(session: Session, trial: Trial, now: datetime) -> Errand:
    """Queue what is sent to one endpoint only, and take it at once. Raise WebhookNotFound."""
    values = trial._asdict()
    row = await _TRY_OUT.row(session, **values, now=now, until=now + LEASE)
    if row is None:
        raise WebhookNotFound
    return Errand(*row)


async def log(session: Session, errand: Errand, outcome: Outcome) -> None:
    """Write down what came of a try."""
    await _LOG(
        session,
        id=errand.delivery_id,
        number=errand.attempt,
        at=outcome.at,
        milliseconds=outcome.milliseconds,
        headers=Jsonb(outcome.headers),
        status=outcome.status,
        answer=outcome.answer,
        trouble=outcome.trouble and outcome.trouble.value,
    )


async def end(session: Session, errand: Errand, now: datetime) -> None:
    """Note that it has arrived."""
    await _DELIVERED(session, id=errand.delivery_id, now=now)


async def put_off(
    session: Session, errand: Errand, due: datetime | None, now: datetime, *, over: bool
) -> None:
    """Give a delivery back that failed, unless somebody else has a lease on it by now.

    Without `due` the try does not count, and the next is due when it was before.
    """
    await _PUT_OFF(
        session,
        id=errand.delivery_id,
        attempt=errand.attempt,
        counted=int(due is not None or over),
        due=due,
        over=over,
        now=now,
    )


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that ended before then."""
    return await _SWEEP(session, before=before, most=most)


async def sweep_left(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that were queued before then, for endpoints that are switched off."""
    return await _SWEEP_LEFT(session, before=before, most=most)
