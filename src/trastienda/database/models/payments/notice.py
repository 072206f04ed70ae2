from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, Numbered


class NoticeOutcome(StrEnum):
    """What came of a webhook of a payment provider."""

    SETTLED = "settled"
    """The payment was read back, and is as the provider says."""
    IGNORED = "ignored"
    """It is about nothing that concerns the shop."""
    UNKNOWN = "unknown"
    """There was no such payment, for as long as it was looked for."""


class PaymentNotice(Numbered, Model):
    """A verified webhook of a payment provider: a hint that a payment is to be read back."""

    __tablename__ = "payment_notices"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index(None, "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index(None, "received_at"),
    )
    provider: Mapped[str]
    event_id: Mapped[str]
    """The provider's own: the same event again is not kept twice."""
    kind: Mapped[str]
    reference: Mapped[str | None]
    """The provider's id of the payment."""
    received_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When it is worked off, or tried again; None: it is done."""
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[NoticeOutcome | None] = mapped_column(default=None)
    refund: Mapped[str | None] = mapped_column(default=None)
    """The provider's id of a refund of that payment, if it is about one."""
    dispute: Mapped[str | None] = mapped_column(default=None)
    """The same of a dispute."""
