"""Captures and voids: decided in one transaction, asked of the provider, and settled in another.

Meanwhile the payment says what was asked: nobody decides anything else about it, and whoever finds
it after a crash asks again, under the same key.
"""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.payments.payment import (
    UNDER_WAY,
    Operation,
    PaymentBusy,
    PaymentState,
)
from trastienda.schemas.payments.attempt import Attempt
from trastienda.services.payments import EXCHANGE, MANUAL
from trastienda.services.payments.attempts import COLUMNS, LEASE, made
from trastienda.services.payments.port import Charge

_DECIDE_SQL = """
    UPDATE payment_attempts SET operation = %(operation)s, operation_amount = %(amount)s,
        operation_attempt = operation_attempt + 1, check_at = %(until)s
"""
_CAPTURE = prepared(f"""
    {_DECIDE_SQL} WHERE id = %(id)s AND state = '{PaymentState.AUTHORISED}' AND operation IS NULL
    RETURNING {COLUMNS}
""")
_END = prepared(f"""
    {_DECIDE_SQL} WHERE id = %(id)s AND operation IS NULL
        AND state IN ('{PaymentState.REQUIRES_ACTION}', '{PaymentState.PROCESSING}')
    RETURNING {COLUMNS}
""")
_VOID_AGAIN = prepared(f"{_DECIDE_SQL} WHERE id = %(id)s AND operation IS NULL")
_VOID_ALL = prepared(f"""
    {_DECIDE_SQL} WHERE order_id = %(order)s AND state = '{PaymentState.AUTHORISED}'
        AND operation IS NULL
    RETURNING {COLUMNS}
""")
_HELD = prepared(f"""
    SELECT {COLUMNS} FROM payment_attempts
    WHERE order_id = %(order)s AND state = '{PaymentState.AUTHORISED}' ORDER BY id FOR UPDATE
""")
_OURS = ", ".join(f"'{name}'" for name in (MANUAL, EXCHANGE, *CreditKind))
_ASKED_BEFORE = prepared(f"""
    SELECT 1 FROM payment_attempts WHERE order_id = %(order)s AND provider NOT IN ({_OURS})
        AND (captured > 0 OR operation_attempt > 0) LIMIT 1
""")
_DONE = prepared("""
    UPDATE payment_attempts SET operation = NULL, operation_amount = NULL
    WHERE id = %(id)s AND operation_attempt = %(attempt)s
""")


def key(payment: Attempt, charge: Charge) -> str:
    """Return the idempotency key of what was decided: the same for each time it is asked."""
    return charge.key(str(payment.operation), payment.operation_attempt)


async def authorised(session: Session, order_id: UUID) -> list[Attempt]:
    """Return the payments whose money is held for an order, locked, the oldest first."""
    return [made(row) for row in await _HELD.rows(session, order=order_id)]


async def asked_before(session: Session, order_id: UUID) -> bool:
    """Say whether a provider has taken money for an order, or was asked to take or let go of it."""
    return await _ASKED_BEFORE.row(session, order=order_id) is not None


async def ask_capture(
    session: Session, payment: Attempt, amount: int, now: datetime
) -> Attempt | None:
    """Decide to capture so much of what is held; None if something else was decided already."""
    names = {"operation": Operation.CAPTURE.value, "amount": amount, "until": now + LEASE}
    row = await _CAPTURE.row(session, id=payment.id, **names)
    return made(row) if row else None


async def ask_end(session: Session, payment: Attempt, now: datetime) -> Attempt | None:
    """Decide to end a payment that waits; None if it has moved on, or is being ended."""
    row = await _END.row(session, id=payment.id, **_void(now))
    return made(row) if row else None


async def give_up(session: Session, payment: Attempt, now: datetime) -> Attempt | None:
    """Decide to end a payment whose buyer does not want to make it; None if it has ended.

    Raise PaymentBusy while its provider is being asked.
    """
    if payment.state not in UNDER_WAY:
        return None
    decided = await ask_end(session, payment, now)
    if decided is None:
        raise PaymentBusy(retry_after=1)
    return decided


async def ask_void_again(session: Session, payment: Attempt, now: datetime) -> None:
    """Decide to let go of what is held for a payment that has ended with us."""
    await _VOID_AGAIN(session, id=payment.id, **_void(now) | {"until": now})


async def void_held(session: Session, order_id: UUID, now: datetime) -> list[Attempt]:
    """Decide to let go of all that is held for an order, whose row is locked; return what to ask.

    Raise PaymentBusy when some of it is being captured at this moment.
    """
    rows = await _VOID_ALL.rows(session, order=order_id, **_void(now))
    if any(it.operation is Operation.CAPTURE for it in await authorised(session, order_id)):
        raise PaymentBusy(retry_after=1)
    return [made(row) for row in rows]


async def done(session: Session, payment: Attempt) -> None:
    """Note that what was decided has been answered."""
    await _DONE(session, id=payment.id, attempt=payment.operation_attempt)


def _void(now: datetime) -> dict[str, object]:
    return {"operation": Operation.VOID.value, "amount": None, "until": now + LEASE}
