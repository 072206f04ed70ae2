"""Payments of orders that are there already: begun for one, or captured after it was placed."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Once, Reading, Session, prepared
from trastienda.database.models.orders.order import (
    Order,
    OrderAlreadyPaid,
)
from trastienda.database.models.orders.order_errors import OrderNotCaptured
from trastienda.database.models.payments.payment import UNDER_WAY, PaymentBusy, PaymentState
from trastienda.schemas.events.event import EventType
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import books, orders
from trastienda.services.payments import attempts, views
from trastienda.services.payments.attempts import COLUMNS, LEASE, made
from trastienda.services.payments.port import Standing
from trastienda.services.payments.settlement import operations, telling
from trastienda.services.payments.settlement.late_money import give_back_late_money
from trastienda.services.shared.records import translated

_State = PaymentState
_UNDER_WAY_SQL = ", ".join(f"'{state}'" for state in sorted(UNDER_WAY))
_START = prepared(f"""
    INSERT INTO payment_attempts (id, order_id, provider, token, once, once_digest, amount,
        currency, leased_until, created_at, state, capture_at_once, return_url, provider_id)
    VALUES (%(id)s, %(order)s, %(provider)s, %(token)s, %(once)s, %(digest)s, %(amount)s,
        %(currency)s, %(until)s, %(now)s, '{_State.STARTED}', %(capture)s, %(return_url)s,
        %(row)s)
""")
_NEWEST = prepared(f"""
    SELECT {COLUMNS} FROM payment_attempts WHERE order_id = %(order)s
    ORDER BY state IN ({_UNDER_WAY_SQL}) DESC, id DESC LIMIT 1
""")
_PENDING = prepared(f"""
    SELECT {COLUMNS} FROM payment_attempts
    WHERE order_id = %(order)s AND state IN ({_UNDER_WAY_SQL})
""")
_ASKED = prepared(f"""
    SELECT 1 FROM payment_attempts
    WHERE order_id = %(order)s AND (state IN ({_UNDER_WAY_SQL}) OR operation IS NOT NULL) LIMIT 1
""")
_TAKE_UP = prepared(f"""
    UPDATE payment_attempts SET leased_until = %(until)s
    WHERE id = %(id)s AND state = '{_State.STARTED}' AND leased_until < %(now)s
    RETURNING {COLUMNS}
""")
_DECLINED = prepared(f"""
    SELECT reason, once_digest FROM payment_attempts
    WHERE order_id = %(order)s AND once = %(once)s AND state = '{_State.DECLINED}'
""")
_HELD = prepared(f"""
    SELECT coalesce(sum(amount), 0)::bigint FROM payment_attempts
    WHERE order_id = %(order)s AND state = '{_State.AUTHORISED}'
""")
_TAKE = prepared(f"""
    UPDATE payment_attempts SET state = '{_State.CAPTURED}', captured = %(captured)s,
        reference = coalesce(%(reference)s, reference), capture_before = NULL, token = NULL,
        next_action = NULL, reason = NULL, doubt = NULL, check_at = %(check)s
    WHERE id = %(id)s
""")


async def start(session: Session, attempt: Attempt, once: Once | None, now: datetime) -> None:
    """Write the payment of a locked order down, before anybody is asked for money.

    Raise PaymentProviderNotFound if the row of its provider was deleted a moment ago.
    """
    with translated(attempts.GONE):
        await _START(session, order=attempt.order_id, **attempts.started(attempt, once, now))


async def newest(session: Reading, order_id: UUID) -> Attempt | None:
    """Return the payment of an order that is under way, or else the newest one."""
    row = await _NEWEST.row(session, order=order_id)
    return made(row) if row else None


async def under_way(session: Session, order_id: UUID, now: datetime) -> Attempt | None:
    """Return the payment of a locked order that waits, or that its process has left.

    Raise PaymentBusy while its provider is being asked.
    """
    row = await _PENDING.row(session, order=order_id)
    if row is None:
        return None
    attempt = made(row)
    if attempt.state in views.WAITING:
        await attempts.look_at(session, attempt, now)
        return attempt
    left = await _TAKE_UP.row(session, id=attempt.id, now=now, until=now + LEASE)
    if left is None:
        raise PaymentBusy(retry_after=1)
    return made(left)


async def expect_none_under_way(session: Session, order_id: UUID) -> None:
    """Raise PaymentBusy while a payment of a locked order is under way, captured or let go."""
    if await _ASKED.row(session, order=order_id):
        raise PaymentBusy(retry_after=60)


async def expect_nothing_to_come(session: Session, order: Order) -> None:
    """Raise OrderNotCaptured or PaymentBusy while money comes for an order that is paid in part.

    What is held covers what is owed, which a refund might change. Where nothing was captured,
    nothing is refunded.
    """
    if not order.captured:
        return
    if await held(session, order.id):
        raise OrderNotCaptured
    await expect_none_under_way(session, order.id)


async def held(session: Reading, order_id: UUID) -> int:
    """Return what is held for an order, and not captured, in minor units."""
    row = await _HELD.row(session, order=order_id)
    return row[0] if row else 0


async def recall(session: Reading, order_id: UUID, once: Once) -> None:
    """Raise PaymentDeclined when the payment that this idempotency key made was, or KeyReused."""
    row = await _DECLINED.row(session, order=order_id, once=once.name)
    if row is not None:
        attempts.refuse_again(row, once)


async def owed(session: Reading, order: Order) -> int:
    """Return what is still to be paid of an order, beside what is held for it, in minor units.

    Raise OrderClosed, or OrderAlreadyPaid when that is nothing.
    """
    order.expect_unpaid()
    amount = order.owed - await held(session, order.id)
    if amount <= 0:
        raise OrderAlreadyPaid(order=order.id)
    return amount


async def pay(session: Session, payment: Attempt, standing: Standing, context: Context) -> bool:
    """Note that a provider took the money for an order, or holds it; say whether that is paid now.

    Money that the order needs no more, because it was called off or paid meanwhile, goes back.
    """
    if standing.state is _State.CAPTURED:
        return await take(session, payment, standing, context)
    order = await orders.hold(session, _order_id(payment))
    await attempts.succeed(session, payment, standing, context.asked_at)
    payment.state, payment.capture_before = standing.state, standing.capture_before
    await telling.tell(session, event_types.PAYMENT_AUTHORISED, payment, context)
    amount = await held(session, order.id)
    if not order.takes(amount):
        await operations.ask_void_again(session, payment, context.asked_at)
    elif order.authorise(amount):
        await session.orm.flush()
        await _tell(session, event_types.ORDER_AUTHORISED, order, context)
    return False


async def take(session: Session, payment: Attempt, standing: Standing, context: Context) -> bool:
    """Book what was captured of a payment whose order is there; say whether that is paid now."""
    if payment.order_id is None:
        if payment.captured:  # late money, of which more has come
            await give_back_late_money(session, payment, standing, context)
            await telling.tell(session, event_types.PAYMENT_CAPTURED, payment, context)
        return False  # else from before payments knew their orders
    order = await orders.hold(session, payment.order_id)
    await books.catch_up(session, order, context.asked_at)
    more = standing.captured - payment.captured
    if not order.takes(more):
        await give_back_late_money(session, payment, standing, context)
        await telling.tell(session, event_types.PAYMENT_CAPTURED, payment, context)
        if await held(session, order.id) < order.owed:
            order.lose_authorisation()
        return False
    now = context.asked_at
    names = {"captured": standing.captured, "check": now + attempts.HOURLY}
    await _TAKE(session, id=payment.id, reference=standing.reference, **names)
    order.take(more)
    await session.orm.flush()
    booking = bookings.capture(payment.id, payment.provider, more, standing.captured)
    await ledger.write(session, [booking], order.id, payment.currency, now)
    payment.state, payment.captured = _State.CAPTURED, standing.captured
    payment.capture_before = payment.next_action = None
    await telling.tell(session, event_types.PAYMENT_CAPTURED, payment, context)
    await _tell(session, event_types.ORDER_PAID, order, context)
    return order.owed <= 0


async def _tell(session: Session, type_: EventType, order: Order, context: Context) -> None:
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    await events.append(session, type_, order.id, data, context)


def _order_id(payment: Attempt) -> UUID:
    assert payment.order_id is not None  # noqa: S101 - it was begun for that order
    return payment.order_id
