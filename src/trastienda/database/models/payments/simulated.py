from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model
from trastienda.database.models.payments.payment import PaymentState


class SimulatedPayment(Model):
    """A payment in the books of the simulated provider: what it knows, whatever the shop noted."""

    __tablename__ = "test_payments"
    __table_args__ = (
        CheckConstraint("captured BETWEEN 0 AND amount", name="captured"),
        CheckConstraint("refunded BETWEEN 0 AND captured", name="refunded"),
        Index(None, "act_at", postgresql_where=text("act_at IS NOT NULL")),
        Index(None, "notify_at", postgresql_where=text("notify_at IS NOT NULL")),
    )
    reference: Mapped[str] = mapped_column(primary_key=True)
    """The provider's own id."""
    payment_id: Mapped[UUID]
    """The shop's id of the payment, which is the key that a charge is made once by."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    capture: Mapped[bool]
    """Take the money with the yes; otherwise it is only held."""
    return_url: Mapped[str | None]
    state: Mapped[PaymentState]
    reason: Mapped[str | None]
    captured: Mapped[int]
    capture_before: Mapped[datetime]
    act_at: Mapped[datetime | None]
    """When a payment that is being processed goes on."""
    refunded: Mapped[int] = mapped_column(default=0, server_default="0")
    answers: Mapped[dict[str, Any]] = mapped_column(
        JSONB, server_default="{}", default_factory=dict
    )
    """What was answered to each idempotency key: the same key does nothing twice."""
    notify_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the shop is told by a webhook; None: there is nothing to tell."""
    notices: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many webhooks there were: a part of the id of the next one."""
