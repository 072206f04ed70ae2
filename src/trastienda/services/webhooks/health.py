"""The health of an endpoint: after failures it gets fewer requests, rests, and is disabled."""

from datetime import datetime, timedelta
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.webhooks.webhook import DeliveryState, Disabled
from trastienda.schemas.webhooks.webhook import WebhookState

STRUGGLING = 3
"""Consecutive failures after which it gets one request at a time."""
TIRED = 5
"""Consecutive failures after which it may rest."""
TIRED_AFTER = timedelta(hours=2)
REST = timedelta(minutes=30)
HOPELESS_AFTER = timedelta(days=3)

_RECOVER = prepared("""
    UPDATE webhooks SET failures = 0, failing_since = NULL, resting_until = NULL,
        version = version + (before.resting_until IS NOT NULL)::int
    FROM (SELECT id, failures, resting_until FROM webhooks
        WHERE id = %(id)s AND failures > 0 FOR NO KEY UPDATE) AS before
    WHERE webhooks.id = before.id
    RETURNING before.failures >= %(struggling)s
""")
_FAIL = prepared(f"""
    UPDATE webhooks SET failures = webhooks.failures + 1, failing_since = verdict.since,
        active = verdict.disabled IS NULL, disabled = verdict.disabled,
        resting_until = CASE WHEN verdict.disabled IS NULL AND verdict.tired
            THEN %(now)s::timestamptz + %(rest)s::interval END,
        version = webhooks.version + (verdict.disabled IS NOT NULL
            OR verdict.tired <> (webhooks.resting_until IS NOT NULL))::int
    FROM (SELECT id, coalesce(failing_since, %(now)s) AS since,
            failures + 1 >= %(many)s
                AND coalesce(failing_since, %(now)s)
                    <= %(now)s::timestamptz - %(tired_after)s::interval AS tired,
            resting_until IS NOT NULL AS rested,
            CASE WHEN %(gone)s THEN %(is_gone)s
                WHEN failing_since <= %(now)s::timestamptz - %(hopeless_after)s::interval
                    THEN %(is_failing)s END AS disabled
        FROM webhooks WHERE id = %(id)s AND active FOR NO KEY UPDATE) AS verdict
    WHERE webhooks.id = verdict.id
    RETURNING CASE WHEN verdict.disabled IS NOT NULL THEN '{WebhookState.DISABLED}'
        WHEN verdict.tired AND NOT verdict.rested THEN '{WebhookState.RESTING}' END
""")
# Deliveries that waited for the endpoint had no attempt of their own, so they lose none.
_HURRY = prepared(f"""
    UPDATE webhook_deliveries SET due_at = %(now)s, failures = greatest(failures - 1, 0)
    WHERE webhook_id = %(id)s AND state = '{DeliveryState.PENDING}' AND due_at > %(now)s
""")


async def record_success(session: Session, webhook_id: UUID, now: datetime) -> None:
    """Record a success; if the endpoint was down, its waiting deliveries become due at once."""
    row = await _RECOVER.row(session, id=webhook_id, struggling=STRUGGLING)
    if row and row[0]:
        await make_due(session, webhook_id, now)


async def make_due(session: Session, webhook_id: UUID, now: datetime) -> None:
    """Make all waiting deliveries of an endpoint due; the caller holds its row."""
    await _HURRY(session, id=webhook_id, now=now)


async def record_failure(
    session: Session, webhook_id: UUID, now: datetime, *, gone: bool
) -> WebhookState | None:
    """Count a failure; return the endpoint's new state if it now rests or is disabled, else None.

    An endpoint that staff have paused meanwhile stays paused.
    """
    row = await _FAIL.row(
        session,
        id=webhook_id,
        now=now,
        gone=gone,
        many=TIRED,
        tired_after=TIRED_AFTER,
        rest=REST,
        hopeless_after=HOPELESS_AFTER,
        is_gone=Disabled.GONE.value,
        is_failing=Disabled.FAILING.value,
    )
    return WebhookState(row[0]) if row and row[0] else None
