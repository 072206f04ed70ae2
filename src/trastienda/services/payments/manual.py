"""Money that comes by another way than through a provider: staff note it."""

from datetime import datetime

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.payment import Payment, PaymentState
from trastienda.services.ledger import bookings, ledger
from trastienda.services.payments import MANUAL


async def note(
    session: Session, order: Order, amount: int, now: datetime, by: str = MANUAL
) -> None:
    """Write down money that has come for an order, and book it. Nothing is written for nothing.

    `by` is `manual`, or `exchange` for what returned goods pay.
    """
    if not amount:
        await session.orm.flush()
        return
    payment = Payment(
        cart_id=None,
        provider=by,
        token=None,
        once=None,
        once_digest=None,
        amount=amount,
        currency=order.currency,
        snapshot=None,
        leased_until=None,
        created_at=now,
        state=PaymentState.CAPTURED,
        order_id=order.id,
        captured=amount,
    )
    session.orm.add(payment)
    await session.orm.flush()
    booking = bookings.capture(payment.id, by, amount, amount)
    await ledger.write(session, [booking], order.id, order.currency, now)
