"""What is told of payments."""

from typing import Any

from trastienda.database.db import Session
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.events.event import EventType
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.event import PaymentCorrected, PaymentRefusal, PaymentTold
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.payments.port import Standing


async def tell(session: Session, type_: EventType, payment: Attempt, context: Context) -> None:
    """Record what happened to a payment, which is locked and says how it stands now."""
    await events.append(session, type_, payment.id, PaymentTold(**_told(payment)), context)


async def tell_corrected(
    session: Session, payment: Attempt, was: PaymentState, context: Context
) -> None:
    """Record that a payment was otherwise than the shop had noted."""
    data = PaymentCorrected(**_told(payment), was=was)
    await events.append(session, event_types.PAYMENT_CORRECTED, payment.id, data, context)


async def tell_declined(
    session: Session, payment: Attempt, standing: Standing, context: Context
) -> None:
    """Record that a try to pay failed."""
    data = PaymentRefusal(
        email=payment.draft.email,
        locale=Locale(payment.draft.locale),
        provider=payment.provider,
        amount=payment.amount,
        currency=payment.currency,
        reason=standing.reason,
    )
    await events.append(session, event_types.PAYMENT_DECLINED, payment.id, data, context)


def _told(payment: Attempt) -> dict[str, Any]:
    return {
        "id": payment.id,
        "provider": payment.provider,
        "reference": payment.reference,
        "status": payment.state,
        "amount": payment.amount,
        "captured": payment.captured,
        "refunded": payment.refunded,
        "currency": payment.currency,
        "order_id": payment.order_id,
        "reason": payment.reason,
        "capture_before": payment.capture_before,
    }
