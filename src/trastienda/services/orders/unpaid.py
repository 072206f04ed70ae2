"""Unpaid orders: whose buyers are reminded now, and which orders expire.

An order never expires without a reminder before: its mail has left for at least half of the time
between reminder and end, or nobody could send it for a week. Nor does it while it is being paid.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.mail.sent_mail import OPEN, PAYMENT_REMINDER
from trastienda.database.models.orders.order import REMINDED_BEFORE, UNPAID, PaymentStatus
from trastienda.database.models.payments.payment import UNDER_WAY
from trastienda.services.events.types import ORDER_PAYMENT_REMINDED

UNSENT = timedelta(days=7)
"""How long the end of an order waits for a reminder that cannot be sent."""
BATCH = 100
_PAYING_SQL = ", ".join(f"'{state}'" for state in sorted(UNDER_WAY))
_LEAD_SQL = "least(%(before)s::interval, (orders.payment_due_at - orders.placed_at) / 2)"
_UNPAID_SQL = f"""
    SELECT orders.id FROM orders
    JOIN channels ON channels.id = orders.channel_id AND channels.payment_days IS NOT NULL
    WHERE {UNPAID} AND (orders.payment_status = '{PaymentStatus.PENDING}' OR NOT EXISTS (
        SELECT FROM payment_attempts WHERE payment_attempts.order_id = orders.id
            AND payment_attempts.captured > 0 AND payment_attempts.credit_account_id IS NULL))
"""
_TO_REMIND_SQL = f"""
    {_UNPAID_SQL} AND orders.payment_reminded_at IS NULL
        AND orders.payment_due_at <= %(now)s::timestamptz + %(before)s::interval
        AND orders.payment_due_at <= %(now)s::timestamptz + {_LEAD_SQL}
"""
_EXPIRED_SQL = f"""
    {_UNPAID_SQL} AND orders.payment_due_at <= %(now)s
        AND NOT EXISTS (SELECT FROM payment_attempts
            WHERE order_id = orders.id AND payment_attempts.state IN ({_PAYING_SQL}))
        AND (orders.payment_reminded_at <= %(now)s::timestamptz - %(unsent)s::interval OR EXISTS (
            SELECT FROM events JOIN letters_sent ON letters_sent.event_id = events.id
            WHERE events.aggregate_id = orders.id
                AND events.type = '{ORDER_PAYMENT_REMINDED.name}'
                AND events.created_at = orders.payment_reminded_at
                AND letters_sent.letter = '{PAYMENT_REMINDER}'
                AND letters_sent.state NOT IN {OPEN}
                AND letters_sent.changed_at <= %(now)s::timestamptz - {_LEAD_SQL} / 2))
"""
_SOME_SQL = f"ORDER BY orders.payment_due_at LIMIT {BATCH}"
_ONE_SQL = "AND orders.id = %(order)s FOR UPDATE OF orders SKIP LOCKED"
_TO_REMIND = prepared(f"{_TO_REMIND_SQL} {_SOME_SQL}")
_EXPIRED = prepared(f"{_EXPIRED_SQL} {_SOME_SQL}")
_CLAIM_TO_REMIND = prepared(f"{_TO_REMIND_SQL} {_ONE_SQL}")
_CLAIM_EXPIRED = prepared(f"{_EXPIRED_SQL} {_ONE_SQL}")
_WAITING = prepared(f"""
    {_UNPAID_SQL} AND orders.id = %(order)s AND orders.payment_reminded_at = %(told)s
        AND orders.payment_due_at > %(now)s
""")


async def to_remind(session: Reading, now: datetime) -> list[UUID]:
    """List orders whose buyers are told now that they expire."""
    return _ids(await _TO_REMIND.rows(session, now=now, before=REMINDED_BEFORE))


async def expired(session: Reading, now: datetime) -> list[UUID]:
    """List orders that are cancelled now."""
    return _ids(await _EXPIRED.rows(session, now=now, before=REMINDED_BEFORE, unsent=UNSENT))


async def claim_to_remind(session: Session, order_id: UUID, now: datetime) -> bool:
    """Lock an order, if its buyer is still to be told and nobody else is at it."""
    names = {"order": order_id, "now": now, "before": REMINDED_BEFORE}
    return await _CLAIM_TO_REMIND.row(session, **names) is not None


async def claim_expired(session: Session, order_id: UUID, now: datetime) -> bool:
    """Lock an order, if it still expires and nobody else is at it."""
    names = {"order": order_id, "now": now, "before": REMINDED_BEFORE, "unsent": UNSENT}
    return await _CLAIM_EXPIRED.row(session, **names) is not None


async def waiting(session: Reading, order_id: UUID, told_at: datetime, now: datetime) -> bool:
    """Say whether the reminder of a moment makes sense still: no payment, no other end."""
    return await _WAITING.row(session, order=order_id, told=told_at, now=now) is not None


def _ids(rows: Sequence[Row]) -> list[UUID]:
    return [row[0] for row in rows]
