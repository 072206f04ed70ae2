"""What is told of payments."""

from typing import Any

from trastienda.database.db import Session, prepared
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.events.event import EventType
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.payments.event import PaymentCorrected, PaymentRefusal, PaymentTold
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.payments.port import Standing

_BUYER = prepared("SELECT email, locale FROM orders WHERE id = %(order)s")


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
    """Record that a try to pay failed, and whom to tell of it. Its order, if any, is locked."""
    if payment.draft is not None:
        email, locale = payment.draft.email, payment.draft.locale
    else:
        row = await _BUYER.row(session, order=payment.order_id)
        assert row is not None  # noqa: S101 - a payment without an order has a draft of one
        email, locale = row
    data = PaymentRefusal(
        email=email,
        locale=Locale(locale),
        order_id=payment.order_id,
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
