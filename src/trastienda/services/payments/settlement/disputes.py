"""What a provider says of a dispute, and what follows from it: the money moves, and staff are told.

A webhook is only a hint: the dispute was read back. The same again changes nothing.
"""

from sqlalchemy import select

from trastienda.database.db import Session
from trastienda.database.models.payments.dispute import ENDED, DisputeState, PaymentDispute
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.dispute import DisputeTold
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.ledger.bookings import Disputed
from trastienda.services.payments.port import DisputeStanding


async def settle(
    session: Session, payment: Attempt, standing: DisputeStanding, context: Context
) -> None:
    """Note how a dispute of a locked payment stands, book what was withdrawn, and tell of it."""
    query = select(PaymentDispute).where(
        PaymentDispute.payment_id == payment.id, PaymentDispute.reference == standing.reference
    )
    dispute = await session.orm.scalar(query)
    before, type_ = Disputed(0, lost=False), event_types.PAYMENT_DISPUTED
    if dispute is None:
        dispute = _opened(payment, standing, context)
        session.orm.add(dispute)
    else:
        before, type_ = _books(dispute), event_types.PAYMENT_DISPUTE_CHANGED
        if not _moved(dispute, standing, context):
            return
    await session.orm.flush()
    of_version = dispute.id, dispute.version
    booked = bookings.dispute(of_version, payment.provider, before, _books(dispute))
    now = context.asked_at
    await ledger.write(session, [booked], payment.order_id, dispute.currency, now)
    if dispute.state in ENDED:
        type_ = event_types.PAYMENT_DISPUTE_CLOSED
    await events.append(session, type_, payment.id, _told(dispute, payment), context)


def _books(dispute: PaymentDispute) -> Disputed:
    return Disputed(dispute.withdrawn, lost=dispute.state is DisputeState.LOST)


def _opened(payment: Attempt, standing: DisputeStanding, context: Context) -> PaymentDispute:
    return PaymentDispute(
        payment_id=payment.id,
        reference=standing.reference,
        amount=standing.amount,
        currency=payment.currency,
        state=standing.state,
        reason=standing.reason,
        opened_at=context.asked_at,
        respond_by=standing.respond_by,
        withdrawn=standing.withdrawn,
        ended_at=context.asked_at if standing.state in ENDED else None,
    )


def _moved(dispute: PaymentDispute, standing: DisputeStanding, context: Context) -> bool:
    """Note how a dispute stands; say whether that is something new."""
    fresh = {
        "state": standing.state,
        "withdrawn": standing.withdrawn,
        "amount": standing.amount,
        "respond_by": standing.respond_by,
        "reason": standing.reason,
    }
    if all(getattr(dispute, name) == value for name, value in fresh.items()):
        return False
    for name, value in fresh.items():
        setattr(dispute, name, value)
    dispute.ended_at = context.asked_at if standing.state in ENDED else None
    dispute.version += 1
    return True


def _told(dispute: PaymentDispute, payment: Attempt) -> DisputeTold:
    return DisputeTold(
        id=dispute.id,
        status=dispute.state,
        reason=dispute.reason,
        amount=dispute.amount,
        withdrawn=dispute.withdrawn,
        currency=dispute.currency,
        reference=dispute.reference,
        respond_by=dispute.respond_by,
        opened_at=dispute.opened_at,
        ended_at=dispute.ended_at,
        payment_id=payment.id,
        provider=payment.provider,
        order_id=payment.order_id,
    )
