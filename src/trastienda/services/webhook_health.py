"""How an endpoint is: after failures it gets less, rests, and in the end is disabled."""

from datetime import datetime, timedelta
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.webhook import Disabled
from trastienda.schemas.webhook import WebhookState

STRUGGLING = 3
"""Failures in a row from which on it gets one request at a time."""
TIRED = 5
"""Failures in a row from which on it may rest."""
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
_FAIL = prepared("""
    UPDATE webhooks SET failures = webhooks.failures + 1, failing_since = verdict.since,
        active = verdict.disabled IS NULL, disabled = verdict.disabled,
        resting_until = CASE WHEN verdict.disabled IS NULL AND verdict.tired
            THEN %(now)s::timestamptz + %(rest)s END,
        version = webhooks.version + (verdict.disabled IS NOT NULL
            OR verdict.tired <> (webhooks.resting_until IS NOT NULL))::int
    FROM (SELECT id, coalesce(failing_since, %(now)s) AS since,
            failures + 1 >= %(many)s
                AND coalesce(failing_since, %(now)s) <= %(now)s::timestamptz - %(tired_after)s
                AS tired,
            resting_until IS NOT NULL AS rested,
            CASE WHEN %(gone)s THEN %(is_gone)s
                WHEN failing_since <= %(now)s::timestamptz - %(hopeless_after)s
                    THEN %(is_failing)s END AS disabled
        FROM webhooks WHERE id = %(id)s AND active FOR NO KEY UPDATE) AS verdict
    WHERE webhooks.id = verdict.id
    RETURNING CASE WHEN verdict.disabled IS NOT NULL THEN 'disabled'
        WHEN verdict.tired AND NOT verdict.rested THEN 'resting' END
""")
# What waited for the endpoint has not had its turn: it loses no try by this one.
_HURRY = prepared("""
    UPDATE webhook_deliveries SET due_at = %(now)s, failures = greatest(failures - 1, 0)
    WHERE webhook_id = %(id)s AND state = 'pending' AND due_at > %(now)s
""")


async def recover(session: Session, webhook_id: UUID, now: datetime) -> None:
    """Note that a try succeeded; if the endpoint was down, what waits for it is due at once."""
    row = await _RECOVER.row(session, id=webhook_id, struggling=STRUGGLING)
    if row and row[0]:
        await hurry(session, webhook_id, now)


async def hurry(session: Session, webhook_id: UUID, now: datetime) -> None:
    """Make all that waits for an endpoint due; the caller holds its row."""
    await _HURRY(session, id=webhook_id, now=now)


async def fail(
    session: Session, webhook_id: UUID, now: datetime, *, gone: bool
) -> WebhookState | None:
    """Note that a try failed; say if that has disabled the endpoint, or begun its rest.

    One that staff have paused meanwhile stays as it is.
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
