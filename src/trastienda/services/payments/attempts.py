"""Payment attempts: one try to be paid, with the frozen order and a lease on settling it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Never
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from trastienda.database.db import Once, Reading, Row, Session, prepared
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.payments.payment import (
    UNDER_WAY,
    PaymentDeclined,
    PaymentNotFound,
    PaymentState,
)
from trastienda.database.models.payments.provider import PaymentProviderNotFound
from trastienda.schemas.orders.order import OrderDraft
from trastienda.schemas.payments.attempt import Attempt
from trastienda.services.channels import channels
from trastienda.services.payments.port import Charge, Standing
from trastienda.services.shared.idempotency import KeyReused
from trastienda.services.shared.records import Refusal, translated

LEASE = timedelta(seconds=30)
"""How long the process that started an attempt has to settle it, before others take it up."""
SOON, HOURLY = timedelta(seconds=30), timedelta(hours=1)
"""When a payment is compared with what its provider says, after it has moved."""
AT_MOST = timedelta(seconds=1)
"""How often a buyer who waits may have a payment read back."""

_START = prepared(f"""
    WITH attempt AS (
        INSERT INTO payment_attempts (id, cart_id, provider, token, once, once_digest,
            amount, currency, snapshot, leased_until, created_at, state, capture_at_once,
            return_url, provider_id)
        VALUES (%(id)s, %(cart)s, %(provider)s, %(token)s, %(once)s, %(digest)s,
            %(amount)s, %(currency)s, %(snapshot)s, %(until)s, %(now)s, '{PaymentState.STARTED}',
            %(capture)s, %(return_url)s, %(row)s)
    )
    UPDATE carts SET state = '{CartState.PAYING}', updated_at = %(now)s WHERE id = %(cart)s
""")
_FIELDS = (
    "id, provider, amount, currency, token, state, reason, reference, order_id, captured, refunded,"
    " return_url, capture_at_once, operation, operation_amount, operation_attempt, held_until,"
    " capture_before, checked_at, expiry_told_at, created_at"
)
_NAMES = _FIELDS.split(", ")
COLUMNS = ", ".join(f"payment_attempts.{name}" for name in _NAMES) + (
    ", payment_attempts.snapshot::text, payment_attempts.next_action::text,"
    " CASE WHEN payment_attempts.snapshot IS NULL THEN ("
    " SELECT orders.email FROM orders WHERE orders.id = payment_attempts.order_id) END,"
    " CASE WHEN payment_attempts.snapshot IS NULL THEN ("
    " SELECT orders.locale FROM orders WHERE orders.id = payment_attempts.order_id) END"
)
"""What `made` makes an attempt of."""
_TAKE_UP = prepared(f"""
    UPDATE payment_attempts SET leased_until = %(until)s
    WHERE cart_id = %(cart)s AND state = '{PaymentState.STARTED}' AND leased_until < %(now)s
    RETURNING {COLUMNS}
""")
_ABANDONED = prepared(f"""
    UPDATE payment_attempts SET leased_until = %(until)s
    WHERE id = ANY (ARRAY(SELECT id FROM payment_attempts
                 WHERE state = '{PaymentState.STARTED}' AND leased_until < %(now)s
                 ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED))
    RETURNING {COLUMNS}
""")
_LOOK_AT = prepared("""
    UPDATE payment_attempts SET checked_at = %(now)s
    WHERE id = %(id)s AND (checked_at IS NULL OR checked_at <= %(before)s)
""")
_OF_CART = prepared(f"""
    SELECT {COLUMNS} FROM payment_attempts WHERE cart_id = %(cart)s ORDER BY id DESC LIMIT 1
""")
_BY_ID = prepared(f"SELECT {COLUMNS} FROM payment_attempts WHERE id = %(id)s")
# The cart is locked first, then the order, then the payment, as everywhere.
_LOCK = prepared(f"""
    WITH cart AS MATERIALIZED (
        SELECT state FROM carts WHERE id = %(cart)s FOR UPDATE
    ), paid AS MATERIALIZED (
        SELECT id FROM orders WHERE id = (
            SELECT order_id FROM payment_attempts WHERE id = %(id)s) FOR UPDATE
    )
    SELECT {COLUMNS}, cart.state
    FROM payment_attempts LEFT JOIN cart ON true LEFT JOIN paid ON true
    WHERE payment_attempts.id = %(id)s FOR UPDATE OF payment_attempts
""")
_SUCCEED = prepared("""
    UPDATE payment_attempts SET state = %(state)s, order_id = %(order)s, captured = %(captured)s,
        reference = coalesce(%(reference)s, reference), capture_before = %(before)s,
        token = NULL, next_action = NULL, reason = NULL, doubt = NULL,
        operation = NULL, operation_amount = NULL, check_at = %(check)s
    WHERE id = %(id)s
""")
_WAIT = prepared("""
    UPDATE payment_attempts SET state = %(state)s, next_action = %(action)s,
        reference = coalesce(%(reference)s, reference),
        held_until = coalesce(held_until, %(until)s),
        check_at = least(coalesce(held_until, %(until)s), %(check)s)
    WHERE id = %(id)s
""")
_END = prepared("""
    UPDATE payment_attempts SET state = %(state)s, reason = %(reason)s,
        reference = coalesce(%(reference)s, reference), token = NULL, next_action = NULL,
        doubt = NULL, check_at = %(check)s
    WHERE id = %(id)s
""")
_REOPEN = prepared(f"""
    UPDATE carts SET state = '{CartState.OPEN}', updated_at = %(now)s
    WHERE id = %(cart)s AND state = '{CartState.PAYING}'
""")
_DECLINED = prepared(f"""
    SELECT reason, once_digest FROM payment_attempts
    WHERE cart_id = %(cart)s AND once = %(once)s AND state = '{PaymentState.DECLINED}'
""")
_DOUBT = prepared("UPDATE payment_attempts SET doubt = %(doubt)s WHERE id = %(id)s")
GONE = {"fk_payment_attempts_provider_id": Refusal(PaymentProviderNotFound)}
_drafts = msgspec.json.Decoder(OrderDraft | None)


def charge(payment: Attempt) -> Charge:
    """Say what a provider needs to know of a payment."""
    return Charge(
        payment.id,
        payment.amount,
        payment.currency,
        token=payment.token,
        capture=payment.capture_at_once,
        reference=payment.reference,
        return_url=payment.return_url,
        email=payment.draft.email if payment.draft else payment.email,
        locale=payment.draft.locale if payment.draft else payment.locale,
        shop=channels.shop_name(),
        wanted=payment.state in UNDER_WAY,
    )


async def start(session: Session, attempt: Attempt, once: Once | None, now: datetime) -> None:
    """Write an attempt down and close its cart to changes, before anybody is asked for money.

    Raise PaymentProviderNotFound if the row of its provider was deleted a moment ago.
    """
    snapshot, names = Jsonb(attempt.draft), started(attempt, once, now)
    with translated(GONE):
        await _START(session, cart=attempt.cart_id, snapshot=snapshot, **names)


def started(attempt: Attempt, once: Once | None, now: datetime) -> dict[str, object]:
    """Give what is written down of an attempt that begins, whatever it is for."""
    return {
        "id": attempt.id,
        "provider": attempt.provider,
        "row": attempt.provider_id,
        "token": attempt.token,
        "once": once.name if once else None,
        "digest": once.digest if once else None,
        "amount": attempt.amount,
        "currency": attempt.currency,
        "capture": attempt.capture_at_once,
        "return_url": attempt.return_url,
        "until": now + LEASE,
        "now": now,
    }


async def take_up(session: Session, cart_id: str, now: datetime) -> Attempt | None:
    """Take over the attempt that a process left behind; None while its lease runs."""
    row = await _TAKE_UP.row(session, cart=cart_id, now=now, until=now + LEASE)
    return made(row) if row else None


async def abandoned(session: Session, now: datetime) -> list[Attempt]:
    """Take over attempts whose lease has run out, at most 100."""
    rows = await _ABANDONED.rows(session, now=now, until=now + LEASE)
    return [made(row) for row in rows]


async def of_cart(session: Reading, cart_id: str) -> Attempt:
    """Return the newest payment of a cart. Raise PaymentNotFound."""
    row = await _OF_CART.row(session, cart=cart_id)
    if row is None:
        raise PaymentNotFound
    return made(row)


async def by_id(session: Reading, payment_id: UUID) -> Attempt | None:
    """Return a payment, if there is one of that id."""
    row = await _BY_ID.row(session, id=payment_id)
    return made(row) if row else None


def just_checked(attempt: Attempt, now: datetime) -> bool:
    """Say whether a payment that waits was read back a moment ago: then what is noted will do."""
    waits = attempt.state is not PaymentState.STARTED
    return waits and attempt.checked_at is not None and attempt.checked_at > now - AT_MOST


async def look_at(session: Session, attempt: Attempt, now: datetime) -> None:
    """Note that a payment is read back now, if `just_checked` does not say that it was."""
    await _LOOK_AT(session, id=attempt.id, now=now, before=now - AT_MOST)


async def lock(session: Session, attempt: Attempt) -> Attempt:
    """Lock a payment with its cart and its order; return the payment as it is now."""
    row = await _LOCK.row(session, id=attempt.id, cart=attempt.cart_id)
    if row is None:
        return attempt
    current = made(row[:-1])
    current.cart_state = CartState(row[-1]) if row[-1] else None
    return current


async def succeed(session: Session, attempt: Attempt, standing: Standing, now: datetime) -> None:
    """Note that an attempt pays its order: authorised, or captured; it is not ended any more."""
    await _SUCCEED(
        session,
        id=attempt.id,
        order=attempt.order_id,
        state=standing.state.value,
        captured=standing.captured,
        reference=standing.reference,
        before=standing.capture_before,
        check=now + HOURLY,
    )


async def wait(
    session: Session, attempt: Attempt, standing: Standing, hold: timedelta, now: datetime
) -> None:
    """Note that the buyer, or the provider, has something to do first; stock is held meanwhile."""
    action = standing.next_action
    await _WAIT(
        session,
        id=attempt.id,
        state=standing.state.value,
        action=None if action is None else Jsonb(dict(action)),
        reference=standing.reference,
        until=now + hold,
        check=now + SOON,
    )


async def end(
    session: Session, attempt: Attempt, state: PaymentState, standing: Standing, now: datetime
) -> None:
    """Close an attempt that came to nothing, and open its cart again, if it is one of a cart."""
    await _END(
        session,
        id=attempt.id,
        state=state.value,
        reason=standing.reason,
        reference=standing.reference,
        check=now + HOURLY,
    )
    if attempt.order_id is None:
        await _REOPEN(session, cart=attempt.cart_id, now=now)


async def doubt(session: Session, attempt: Attempt, what: str) -> None:
    """Note what does not fit in what a provider says of a payment."""
    await _DOUBT(session, id=attempt.id, doubt=what)


async def recall(session: Reading, cart_id: str, once: Once) -> None:
    """Raise PaymentDeclined when the attempt that this idempotency key made was, or KeyReused."""
    row = await _DECLINED.row(session, cart=cart_id, once=once.name)
    if row is not None:
        refuse_again(row, once)


def refuse_again(row: Row, once: Once) -> Never:
    """Repeat the refusal of an attempt: its reason and the digest of what was asked then."""
    reason, digest = row
    if digest != once.digest:
        raise KeyReused
    raise PaymentDeclined(reason=reason)


def made(row: Sequence[object] | Row) -> Attempt:
    """Make an attempt of `COLUMNS`."""
    *plain, snapshot, action, email, locale = row
    return msgspec.convert(
        {
            **dict(zip(_NAMES, plain, strict=True)),
            "draft": _drafts.decode(str(snapshot)) if snapshot else None,
            "email": email,
            "locale": locale,
            "next_action": msgspec.json.decode(str(action)) if action else None,
        },
        Attempt,
    )
