"""Payment attempts: one try to be paid, with the frozen order and a lease on settling it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from psycopg.types.json import Jsonb

from trastienda.database.db import Once, Reading, Session, prepared
from trastienda.database.models.payment_attempt import AttemptState, PaymentDeclined
from trastienda.database.models.text import Locale
from trastienda.schemas.attempt import Attempt
from trastienda.schemas.event import PaymentRefusal
from trastienda.schemas.order import OrderDraft
from trastienda.services.idempotency import KeyReused
from trastienda.services.payments import Refused

LEASE = timedelta(seconds=30)
"""How long who started an attempt has to settle it, before anybody may take it up."""

_START = prepared("""
    WITH attempt AS (
        INSERT INTO payment_attempts (id, cart_id, provider, token, once, once_digest,
            amount, currency, snapshot, leased_until, created_at, state)
        VALUES (%(id)s, %(cart)s, %(provider)s, %(token)s, %(once)s, %(digest)s,
            %(amount)s, %(currency)s, %(snapshot)s, %(until)s, %(now)s, 'pending')
    )
    UPDATE carts SET state = 'paying', updated_at = %(now)s WHERE id = %(cart)s
""")
_COLUMNS = "id, cart_id, provider, token, amount, currency, snapshot::text, state, reason"
_TAKE_UP = prepared(f"""
    UPDATE payment_attempts SET leased_until = %(until)s
    WHERE cart_id = %(cart)s AND state = 'pending' AND leased_until < %(now)s
    RETURNING {_COLUMNS}
""")
_ABANDONED = prepared(f"""
    UPDATE payment_attempts SET leased_until = %(until)s
    WHERE id IN (SELECT id FROM payment_attempts WHERE state = 'pending' AND leased_until < %(now)s
                 ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING {_COLUMNS}
""")
_LOCK_CART = prepared("SELECT 1 FROM carts WHERE id = %(cart)s FOR UPDATE")
_LOCK = prepared(f"SELECT {_COLUMNS} FROM payment_attempts WHERE id = %(id)s FOR UPDATE")
_END = prepared("""
    UPDATE payment_attempts SET state = %(state)s, reason = %(reason)s, token = NULL
    WHERE id = %(id)s
""")
_REOPEN = prepared("""
    UPDATE carts SET state = 'open', updated_at = %(now)s WHERE id = %(cart)s AND state = 'paying'
""")
_DECLINED = prepared("""
    SELECT reason, once_digest FROM payment_attempts
    WHERE cart_id = %(cart)s AND once = %(once)s AND state = 'declined'
""")
_drafts = msgspec.json.Decoder(OrderDraft)


async def start(session: Session, attempt: Attempt, once: Once | None, now: datetime) -> None:
    """Write an attempt down and close its cart to changes, before anybody is asked for money."""
    await _START(
        session,
        id=attempt.id,
        cart=attempt.draft.cart_id,
        provider=attempt.provider,
        token=attempt.token,
        once=once.name if once else None,
        digest=once.digest if once else None,
        amount=attempt.draft.totals.total,
        currency=attempt.draft.currency,
        snapshot=Jsonb(attempt.draft),
        until=now + LEASE,
        now=now,
    )


async def take_up(session: Session, cart_id: str, now: datetime) -> Attempt | None:
    """Take over the attempt that a process left behind; None while its lease runs."""
    row = await _TAKE_UP.row(session, cart=cart_id, now=now, until=now + LEASE)
    return _attempt(row) if row else None


async def abandoned(session: Session, now: datetime) -> list[Attempt]:
    """Take over attempts whose lease has run out, at most 100."""
    rows = await _ABANDONED.rows(session, now=now, until=now + LEASE)
    return [_attempt(row) for row in rows]


async def lock(session: Session, attempt: Attempt) -> Attempt:
    """Hold an attempt and its cart until the transaction ends; return it as it is now."""
    await _LOCK_CART(session, cart=attempt.draft.cart_id)
    row = await _LOCK.row(session, id=attempt.id)
    return _attempt(row) if row else attempt


async def succeed(session: Session, attempt: Attempt) -> None:
    await _END(session, id=attempt.id, state=AttemptState.SUCCEEDED.value, reason=None)


async def decline(session: Session, attempt: Attempt, reason: str, now: datetime) -> None:
    """Close the attempt and open its cart again."""
    await _END(session, id=attempt.id, state=AttemptState.DECLINED.value, reason=reason)
    await _REOPEN(session, cart=attempt.draft.cart_id, now=now)


async def recall(session: Reading, cart_id: str, once: Once) -> None:
    """Raise PaymentDeclined when the attempt that this idempotency key made was, or KeyReused."""
    row = await _DECLINED.row(session, cart=cart_id, once=once.name)
    if row is not None:
        reason, digest = row
        if digest != once.digest:
            raise KeyReused
        raise PaymentDeclined(reason=reason)


def refusal(attempt: Attempt, outcome: Refused) -> PaymentRefusal:
    """Say what is told of a try to pay that failed."""
    return PaymentRefusal(
        email=attempt.draft.email,
        locale=Locale(attempt.draft.locale),
        provider=attempt.provider,
        amount=attempt.draft.totals.total,
        currency=attempt.draft.currency,
        reason=outcome.reason,
    )


def _attempt(row: Sequence[object]) -> Attempt:
    id_, _cart, provider, token, _amount, _currency, snapshot, state, reason = row
    return msgspec.convert(
        {
            "id": id_,
            "provider": provider,
            "token": token,
            "draft": _drafts.decode(str(snapshot)),
            "state": state,
            "reason": reason,
        },
        Attempt,
    )
