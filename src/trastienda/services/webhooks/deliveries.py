"""Deliveries: queued with the relay's positions, leased to a worker, and ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Session, prepared
from trastienda.database.driver import Call
from trastienda.database.models.webhooks.webhook import DeliveryState
from trastienda.services.events.feed import VIEW
from trastienda.services.events.relay import Relayed
from trastienda.services.webhooks.health import STRUGGLING
from trastienda.services.webhooks.sending import LeasedDelivery, Outcome
from trastienda.services.webhooks.webhooks import WebhookNotFound

LEASE = timedelta(seconds=30)
"""Three times as long as an attempt can take: a worker that holds one longer has died."""
SIDE_BY_SIDE = 4
"""Simultaneous requests to one endpoint, whatever the number of workers."""
FOR = "ARRAY['*', {type}, split_part({type}, '.', 1) || '.*']"
"""The filters that a type of event passes."""
QUEUED = "webhook_id, event_id, type, created_at, due_at, state, attempts, failures"

# An endpoint that is being deleted is waited for, and then gone; no other is locked. The arrays are
# unnested in a SELECT of their own: otherwise PostgreSQL would plan this anew for each length.
_FAN_OUT = prepared(f"""
    INSERT INTO webhook_deliveries ({QUEUED})
    SELECT webhooks.id, event.id, event.type, %(now)s, %(now)s, '{DeliveryState.PENDING}', 0, 0
    FROM unnest((SELECT %(ids)s::uuid[]), (SELECT %(types)s::text[]))
            WITH ORDINALITY AS event (id, type, place)
        JOIN webhooks ON webhooks.active
            AND webhooks.types::text[] && {FOR.format(type="event.type")}
    ORDER BY event.place, webhooks.id
    FOR KEY SHARE OF webhooks
""")
# A rest ends with one attempt, however many deliveries are due.
_OPEN = f"""waiting.webhook_id = webhooks.id AND waiting.state = '{DeliveryState.PENDING}'
    AND waiting.due_at <= CASE WHEN webhooks.resting_until IS NOT NULL
        THEN 'infinity'::timestamptz ELSE %(now)s::timestamptz END
    AND (waiting.leased_until IS NULL OR waiting.leased_until <= %(now)s)"""
# Only the worker that holds an endpoint's row leases its deliveries; the others skip it.
_READY = prepared(f"""
    SELECT id FROM webhooks
    WHERE active AND (resting_until IS NULL OR resting_until <= %(now)s)
        AND (SELECT true FROM webhook_deliveries AS waiting WHERE {_OPEN} LIMIT 1)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
""")
_RECEIVER_SQL = """webhooks.url, webhooks.secret,
    CASE WHEN webhooks.previous_until > %(now)s THEN webhooks.previous_secret END"""
# The first delivery of each endpoint, then the second ones: a long queue delays no other endpoint.
_LEASE = prepared(f"""
    WITH wanted AS (
        SELECT webhooks.id AS webhook_id, next.id, next.number,
            webhooks.failures >= {STRUGGLING} AS struggling
        FROM webhooks CROSS JOIN LATERAL (
            SELECT * FROM (
                SELECT id, number FROM webhook_deliveries AS waiting
                WHERE webhooks.ordered AND {_OPEN} AND number = (
                    SELECT min(number) FROM webhook_deliveries AS earlier
                    WHERE earlier.webhook_id = webhooks.id
                        AND earlier.state = '{DeliveryState.PENDING}')
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
        {_RECEIVER_SQL},
        webhooks.resting_until IS NOT NULL, leased.struggling
    FROM leased JOIN webhooks ON webhooks.id = leased.webhook_id
        LEFT JOIN events ON events.id = leased.event_id
    ORDER BY leased.number
""")
_LEASE_TEST = prepared(f"""
    WITH made AS (
        INSERT INTO webhook_deliveries (webhook_id, event_id, type, created_at, due_at, state,
            attempts, failures, body, leased_until)
        SELECT id, %(event_id)s, %(type)s, %(now)s, %(now)s, '{DeliveryState.PENDING}',
            1, 0, %(body)s, %(until)s
        FROM webhooks WHERE id = %(webhook_id)s
        RETURNING *
    )
    SELECT made.id, made.attempts, made.failures, made.webhook_id, made.event_id, made.body,
        {_RECEIVER_SQL},
        false, false
    FROM made JOIN webhooks ON webhooks.id = made.webhook_id
""")
_RECORD_ATTEMPT = prepared("""
    INSERT INTO webhook_attempts (delivery_id, number, at, milliseconds, request_headers, status,
        answer, trouble)
    SELECT id, %(number)s, %(at)s, %(milliseconds)s, %(headers)s, %(status)s, %(answer)s,
        %(trouble)s
    FROM webhook_deliveries WHERE id = %(id)s ON CONFLICT DO NOTHING
""")
# It was delivered, even if another worker has leased it meanwhile because this one was slow.
_DELIVERED = prepared(f"""
    UPDATE webhook_deliveries
    SET state = '{DeliveryState.DELIVERED}', ended_at = %(now)s, leased_until = NULL
    WHERE id = %(id)s AND state <> '{DeliveryState.DELIVERED}'
""")
_POSTPONE = prepared(f"""
    UPDATE webhook_deliveries SET leased_until = NULL, failures = failures + %(counted)s,
        due_at = coalesce(%(due)s, due_at),
        state = CASE WHEN %(over)s THEN '{DeliveryState.FAILED}' ELSE state END,
        ended_at = CASE WHEN %(over)s THEN %(now)s::timestamptz END
    WHERE id = %(id)s AND attempts = %(attempt)s AND state = '{DeliveryState.PENDING}'
""")
_SWEEP = prepared("""
    DELETE FROM webhook_deliveries WHERE id = ANY (ARRAY(
        SELECT id FROM webhook_deliveries WHERE ended_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")
_SWEEP_LEFT = prepared(f"""
    DELETE FROM webhook_deliveries WHERE id = ANY (ARRAY(
        SELECT waiting.id FROM webhooks JOIN webhook_deliveries AS waiting
            ON waiting.webhook_id = webhooks.id AND waiting.state = '{DeliveryState.PENDING}'
        WHERE NOT webhooks.active AND waiting.created_at < %(before)s
        LIMIT %(most)s FOR UPDATE OF waiting SKIP LOCKED))
""")


class TestDelivery(NamedTuple):
    """A test event, which is sent to one endpoint only."""

    webhook_id: UUID
    event_id: UUID
    type: str
    body: str


def fanning_out(events: Sequence[Relayed], now: datetime) -> Call:
    """Return the call that queues events for all endpoints that want them."""
    ids, types = [event.id for event in events], [event.type for event in events]
    return _FAN_OUT.call({"ids": ids, "types": types, "now": now})


async def lease(session: Session, most: int, slow: int, now: datetime) -> list[LeasedDelivery]:
    """Lease at most `most` due deliveries, `slow` of them to endpoints that have been failing."""
    ready = [id_ for (id_,) in await _READY.rows(session, now=now)]
    if not ready:
        return []
    rows = await _LEASE.rows(session, ready=ready, most=most, slow=slow, now=now, until=now + LEASE)
    return [LeasedDelivery(*row) for row in rows]


async def lease_test(session: Session, test: TestDelivery, now: datetime) -> LeasedDelivery:
    """Queue a test for one endpoint, and lease it at once. Raise WebhookNotFound."""
    values = test._asdict()
    row = await _LEASE_TEST.row(session, **values, now=now, until=now + LEASE)
    if row is None:
        raise WebhookNotFound
    return LeasedDelivery(*row)


async def record_attempt(session: Session, delivery: LeasedDelivery, outcome: Outcome) -> None:
    """Record an attempt."""
    await _RECORD_ATTEMPT(
        session,
        id=delivery.delivery_id,
        number=delivery.attempt,
        at=outcome.at,
        milliseconds=outcome.milliseconds,
        headers=Jsonb(outcome.headers),
        status=outcome.status,
        answer=outcome.answer,
        trouble=outcome.failure and outcome.failure.value,
    )


async def complete(session: Session, delivery: LeasedDelivery, now: datetime) -> None:
    """Mark a delivery as delivered."""
    await _DELIVERED(session, id=delivery.delivery_id, now=now)


async def postpone(
    session: Session, delivery: LeasedDelivery, due: datetime | None, now: datetime, *, over: bool
) -> None:
    """Return a failed delivery to the queue, unless another worker has leased it by now.

    Without `due` the attempt does not count, and the next one keeps its time.
    """
    await _POSTPONE(
        session,
        id=delivery.delivery_id,
        attempt=delivery.attempt,
        counted=int(due is not None or over),
        due=due,
        over=over,
        now=now,
    )


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` deliveries that ended before then; return how many."""
    return await _SWEEP(session, before=before, most=most)


async def sweep_left(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` deliveries queued before then for endpoints that are switched off."""
    return await _SWEEP_LEFT(session, before=before, most=most)
