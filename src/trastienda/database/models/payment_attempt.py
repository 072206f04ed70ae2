from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, Numbered
from trastienda.errors import PaymentRefused


class AttemptState(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"


class PaymentAttempt(Identified, Model):
    """One try to be paid for a cart. Its id is the key that the provider deduplicates by."""

    __tablename__ = "payment_attempts"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        # one payment at a time: the database refuses a second one under way for the same cart
        Index(
            "uq_payment_attempts_pending",
            "cart_id",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
        Index(None, "cart_id"),
    )
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    provider: Mapped[str]
    token: Mapped[str | None]
    """What the provider gave the buyer to pay with; forgotten when the attempt ends."""
    once: Mapped[str | None]
    """The idempotency key it was asked with, so that a refusal is remembered with it."""
    once_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was asked under that key."""
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The order as it will be written: what is being paid, frozen."""
    leased_until: Mapped[datetime]
    """Who started it settles it until then; afterwards anybody may take it up."""
    created_at: Mapped[datetime]
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.PENDING)
    reason: Mapped[str | None] = mapped_column(default=None)
    """Why it was declined, in the provider's word."""


class Reservation(Numbered, Model):
    """Units of one stock row that an attempt, then its order, holds."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(None, "source_id"),
    )
    source_id: Mapped[UUID]
    """The attempt that took them; the order keeps them under its own id."""
    stock_id: Mapped[UUID] = mapped_column(ForeignKey("stock.id"))
    quantity: Mapped[int]


class PaymentDeclined(PaymentRefused):
    """The payment was declined."""
