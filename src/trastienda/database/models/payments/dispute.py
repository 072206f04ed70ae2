from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class DisputeState(StrEnum):
    """How a dispute stands, in the provider's words."""

    INQUIRY = "inquiry"
    """The bank asks, and nothing was withdrawn; a refund ends it."""
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"
    """An inquiry that came to nothing."""


ENDED = frozenset({DisputeState.WON, DisputeState.LOST, DisputeState.CLOSED})


class PaymentDispute(Identified, Model):
    """That a buyer has their bank demand the money of a payment back."""

    __tablename__ = "payment_disputes"
    __table_args__ = (
        UniqueConstraint("payment_id", "reference"),
        CheckConstraint("amount > 0 AND withdrawn BETWEEN 0 AND amount", name="amounts"),
        CheckConstraint("version > 0", name="version"),
    )
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment_attempts.id"))
    reference: Mapped[str]
    """The provider's own id."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[DisputeState]
    reason: Mapped[str]
    """In the provider's own word."""
    opened_at: Mapped[datetime]
    respond_by: Mapped[datetime | None] = mapped_column(default=None)
    """Until when the merchant answers, at the provider."""
    withdrawn: Mapped[int] = mapped_column(default=0, server_default="0")
    """What the provider has taken back of the payment, in minor units."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
