"""The books of the simulated provider: what may happen to a payment there, and what is noted.

It is honest where shops go wrong: the same key does nothing twice, nothing is captured after it was
let go, and no more is given back than was taken.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.payments.refund import TransferState
from trastienda.database.models.payments.simulated import SimulatedPayment
from trastienda.services.payments.port import Charge, RefundStanding, Standing
from trastienda.services.payments.simulated.cards import Event, Token, reference_of

AUTHORISED_FOR = timedelta(days=7)
LATER = timedelta(seconds=2)
"""How long `ok_later` is processed."""
AGAIN = timedelta(seconds=10)
"""After how long a webhook that was not taken is sent again."""
_STATES = {
    Token.DECLINE: PaymentState.DECLINED,
    Token.CHALLENGE: PaymentState.REQUIRES_ACTION,
    Token.OK_LATER: PaymentState.PROCESSING,
}
_KIND = "payment."
"""What comes before the state in the type of an event."""
_WAITING = (PaymentState.REQUIRES_ACTION, PaymentState.PROCESSING)
_OPEN = prepared("""
    INSERT INTO test_payments (reference, payment_id, amount, currency, capture, return_url,
        state, reason, captured, capture_before, act_at)
    VALUES (%(reference)s, %(payment_id)s, %(amount)s, %(currency)s, %(capture)s, %(return_url)s,
        %(state)s, %(reason)s, %(captured)s, %(capture_before)s, %(act_at)s)
    ON CONFLICT (reference) DO NOTHING
""")
_SPEAK = prepared("""
    UPDATE test_payments SET notices = notices + 1, notify_at = %(again)s
    WHERE reference = ANY (ARRAY(SELECT reference FROM test_payments WHERE notify_at <= %(now)s
                        ORDER BY notify_at LIMIT 20 FOR UPDATE SKIP LOCKED))
    RETURNING reference, notices, state
""")
_HEARD = prepared("""
    UPDATE test_payments SET notify_at = NULL
    WHERE reference = %(reference)s AND state = %(state)s
""")


async def open_(session: Session, charge: Charge, token: Token, now: datetime) -> Standing | None:
    """Note a new payment; None if it is known already. One statement."""
    state = _STATES.get(token) or _paid(capture=charge.capture)
    values: dict[str, Any] = {
        "reference": reference_of(charge),
        "payment_id": charge.payment_id,
        "amount": charge.amount,
        "currency": charge.currency,
        "capture": charge.capture,
        "return_url": charge.return_url,
        "state": state.value,
        "reason": "card_declined" if state is PaymentState.DECLINED else None,
        "captured": charge.amount if state is PaymentState.CAPTURED else 0,
        "capture_before": now + AUTHORISED_FOR,
        "act_at": now + LATER if state is PaymentState.PROCESSING else None,
    }
    if not await _OPEN(session, **values):
        return None
    return Standing(
        state,
        values["reference"],
        captured=values["captured"],
        reason=values["reason"],
        capture_before=_deadline(state, values["capture_before"]),
        amount=charge.amount,
        currency=charge.currency,
    )


async def refuse(session: Session, reference: str, now: datetime) -> None:
    """Note a payment that is let go before it came: it cannot be made any more."""
    charge = Charge(UUID(hex=reference.removeprefix("test_")), 0, "XXX")
    await open_(session, charge, Token.DECLINE, now)


async def find(session: Reading, reference: str) -> SimulatedPayment | None:
    return await session.orm.get(SimulatedPayment, reference)


async def claim(session: Session, reference: str) -> SimulatedPayment | None:
    """Lock a payment for a change."""
    return await session.orm.get(SimulatedPayment, reference, with_for_update=True)


def standing(row: SimulatedPayment, reason: str | None = None) -> Standing:
    """Say how a payment stands; `reason` is why something was just refused."""
    return Standing(
        row.state,
        row.reference,
        captured=row.captured,
        reason=reason or row.reason,
        capture_before=_deadline(row.state, row.capture_before),
        amount=row.amount,
        currency=row.currency,
    )


def capture(row: SimulatedPayment, amount: int, key: str, now: datetime) -> Standing:
    """Take what is held, or a part of it; the rest is let go."""
    if key not in row.answers:
        refusal = None
        if row.state is not PaymentState.AUTHORISED or row.capture_before <= now:
            refusal = "not_authorised"
        elif amount > row.amount:
            refusal = "amount_too_large"
        else:
            row.state, row.captured = PaymentState.CAPTURED, amount
        row.answers = {**row.answers, key: {"refusal": refusal}}
    return standing(row, row.answers[key]["refusal"])


def void(row: SimulatedPayment, key: str) -> Standing:
    """Let go of what is held, or end what is under way; what was captured stays."""
    if key not in row.answers:
        if row.state in {*_WAITING, PaymentState.AUTHORISED}:
            row.state, row.act_at = PaymentState.VOIDED, None
        row.answers = {**row.answers, key: {"refusal": None}}
    return standing(row)


def refund(row: SimulatedPayment, amount: int, key: str) -> RefundStanding:
    """Give back, unless that would be more than was captured."""
    if key not in row.answers:
        fits = 0 < amount <= row.captured - row.refunded
        row.refunded += amount if fits else 0
        state = TransferState.DONE if fits else TransferState.REFUSED
        reason = None if fits else "amount_too_large"
        told = {"state": state.value, "reference": f"test_{key}", "reason": reason}
        row.answers = {**row.answers, key: {**told, "amount": amount}}
    told = row.answers[key]
    return RefundStanding(TransferState(told["state"]), told["reference"], told["reason"])


def refund_of(row: SimulatedPayment, reference: str) -> RefundStanding:
    """Say how a refund stands: there is one of that reference, or it was refused."""
    for told in row.answers.values():
        if told.get("reference") == reference:
            return RefundStanding(TransferState(told["state"]), reference, told["reason"])
    return RefundStanding(TransferState.REFUSED, reference, "unknown_refund")


def decide(row: SimulatedPayment, now: datetime, *, yes: bool) -> None:
    """Go on with a payment that waits, and tell the shop; one that does not wait stays as it is."""
    row.act_at = None
    if row.state not in _WAITING:
        return
    row.state = _paid(capture=row.capture) if yes else PaymentState.DECLINED
    row.captured = row.amount if row.state is PaymentState.CAPTURED else 0
    row.reason = None if yes else "authentication_failed"
    row.notify_at = now


async def to_go_on(session: Session, now: datetime) -> Sequence[SimulatedPayment]:
    """Return payments that have been processed for long enough, locked."""
    due = (
        select(SimulatedPayment)
        .where(SimulatedPayment.act_at <= now)
        .order_by(SimulatedPayment.act_at)
        .limit(20)
        .with_for_update(skip_locked=True)
    )
    return (await session.orm.scalars(due)).all()


async def speak(session: Session, now: datetime) -> list[Event]:
    """Return the webhooks that are due; each comes again, as another event, until it is heard."""
    rows = await _SPEAK.rows(session, now=now, again=now + AGAIN)
    return [
        Event(f"evt_{reference}_{notices}", f"{_KIND}{state}", reference)
        for reference, notices, state in rows
    ]


async def heard(session: Session, event: Event) -> None:
    """Note that the shop took a webhook, unless the payment has another state since then.

    The one that was taken need not be the last: a slow machine sends it again meanwhile.
    """
    state = event.type.removeprefix(_KIND)
    await _HEARD(session, reference=event.payment, state=state)


def _paid(*, capture: bool) -> PaymentState:
    return PaymentState.CAPTURED if capture else PaymentState.AUTHORISED


def _deadline(state: PaymentState, at: datetime) -> datetime | None:
    return at if state is PaymentState.AUTHORISED else None
