"""Which payments are compared with what their provider says, and when again."""

from datetime import datetime, timedelta

from trastienda.database.db import Session, prepared
from trastienda.database.models.payments.payment import UNDER_WAY, PaymentState
from trastienda.schemas.payments.attempt import Attempt
from trastienda.services.payments.attempts import COLUMNS, made

BATCH = 50
YOUNG = timedelta(days=1)
"""How long a payment that has ended is still compared now and then."""
WARNED_BEFORE = timedelta(days=1)
"""How long before an authorisation ends staff are told."""
_ACTIVE = ", ".join(f"'{state}'" for state in sorted(UNDER_WAY))
# The next comparison is a minute away at least, so that no other process takes the same payment.
_TAKE = prepared(f"""
    UPDATE payment_attempts SET checked_at = %(now)s, check_at = CASE
        WHEN operation IS NOT NULL OR state IN ({_ACTIVE})
            THEN %(now)s::timestamptz + interval '1 minute'
        WHEN state = '{PaymentState.AUTHORISED}' THEN %(now)s::timestamptz + interval '1 hour'
        WHEN created_at > %(young)s THEN %(now)s::timestamptz + interval '6 hours' END
    WHERE id = ANY (ARRAY(SELECT id FROM payment_attempts WHERE check_at <= %(now)s
                 ORDER BY check_at LIMIT {BATCH} FOR UPDATE SKIP LOCKED))
    RETURNING {COLUMNS}
""")
_TOLD = prepared("UPDATE payment_attempts SET expiry_told_at = %(now)s WHERE id = %(id)s")


async def take(session: Session, now: datetime) -> list[Attempt]:
    """Take a batch of payments that are due to be compared, the longest due first."""
    rows = await _TAKE.rows(session, now=now, young=now - YOUNG)
    return [made(row) for row in rows]


def expires_soon(payment: Attempt, now: datetime) -> bool:
    """Say whether staff have to hear that an authorisation is about to end."""
    ends = payment.capture_before
    waits = payment.state is PaymentState.AUTHORISED and payment.expiry_told_at is None
    return waits and ends is not None and ends <= now + WARNED_BEFORE


async def note_told(session: Session, payment: Attempt, now: datetime) -> None:
    """Record that staff have been told that an authorisation ends."""
    await _TOLD(session, id=payment.id, now=now)
