"""Money that came for nothing, too late or a second time: it is booked, and given back."""

from trastienda.database.db import Session, prepared
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.payments.refund import Refund, RefundReason, RefundTransfer
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services.ledger import bookings, ledger
from trastienda.services.payments.attempts import HOURLY
from trastienda.services.payments.port import Standing

_BOOKED = prepared("SELECT 1 FROM ledger_transactions WHERE key = %(key)s")
_KEEP = prepared(f"""
    UPDATE payment_attempts SET state = '{PaymentState.CAPTURED}', captured = %(captured)s,
        refunded = refunded + %(more)s, reference = coalesce(%(reference)s, reference),
        token = NULL, next_action = NULL, check_at = %(check)s
    WHERE id = %(id)s
""")


async def book_paid_again(
    session: Session, payment: Attempt, standing: Standing, context: Context
) -> None:
    """Book what was paid a second time and given back, each once. The payment is locked."""
    for again in standing.paid_again:
        written = bookings.paid_again(payment.provider, again.reference, again.amount)
        if await _BOOKED.row(session, key=written[0].key) is None:
            await ledger.write(session, written, None, payment.currency, context.asked_at)


async def give_back_late_money(
    session: Session, payment: Attempt, standing: Standing, context: Context
) -> None:
    """Note that a payment was captured for nothing, and owe that to the buyer.

    The payment is locked. The job that sends refunds finds the transfer at once.
    """
    now, amount = context.asked_at, standing.captured - payment.captured
    await _KEEP(
        session,
        id=payment.id,
        captured=standing.captured,
        more=amount,
        reference=standing.reference,
        check=now + HOURLY,
    )
    refund = Refund(
        order_id=None,
        currency=payment.currency,
        amount=amount,
        tax=0,
        reason=RefundReason.LATE_PAYMENT,
        note=None,
        restock=False,
        created_at=now,
    )
    transfer = RefundTransfer(
        payment_id=payment.id,
        provider=payment.provider,
        position=1,
        amount=amount,
        leased_until=now,
    )
    refund.transfers.append(transfer)
    session.orm.add(refund)
    await session.orm.flush()
    written = [
        bookings.late_money(payment.id, payment.provider, amount, standing.captured),
        bookings.late_money_refund(refund.id, payment.provider, amount),
    ]
    await ledger.write(session, written, None, payment.currency, now)
    payment.state, payment.captured = PaymentState.CAPTURED, standing.captured
    payment.refunded += amount
