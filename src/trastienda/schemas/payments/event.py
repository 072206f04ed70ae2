"""What events tell of payments."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.money import Currency, Sum


class PaymentRefusal(Struct, kw_only=True):
    """A try to pay that failed; what a cart was promised for it is free again."""

    email: str
    locale: Locale
    order_id: UUID | None = None
    """The order that it was to pay; null: it was to become one."""
    provider: str
    amount: int
    currency: str
    reason: str | None


class PaymentTold(Struct, kw_only=True):
    """How a payment stands."""

    id: UUID
    provider: str
    reference: str | None
    """The provider's own id of it."""
    status: PaymentState
    amount: Sum
    """What was asked for."""
    captured: Sum
    refunded: Sum
    currency: Currency
    order_id: UUID | None
    """None: it has become no order."""
    reason: str | None
    """Why it was refused, in the provider's word."""
    capture_before: datetime | None
    """When what is held is let go, unless it is captured before."""


class PaymentCorrected(PaymentTold, kw_only=True):
    """A payment that was otherwise than the shop had noted."""

    was: PaymentState
    """What the shop had noted."""
