from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class LetterState(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENT = "sent"
    """A mail server accepted it, or it was written to a file."""
    DELAYED = "delayed"
    """It will be tried again."""
    REFUSED = "refused"
    """The mail server will never accept it."""
    BOUNCED = "bounced"
    """It was sent, and bounced."""
    SUPPRESSED = "suppressed"
    """It was not sent: the address is suppressed, its owner does not want it, or it has no purpose
    any more."""


OPEN = f"('{LetterState.QUEUED}', '{LetterState.DELAYED}')"
"""In SQL, the states of mails that are still to be sent."""
WAITING = text("due_at IS NOT NULL")
PAYMENT_REMINDER = "payment_reminder"
"""The mail without which an unpaid order never expires."""


class SentMail(Identified, Model):
    """One mail about one event to one address; a constraint keeps it from being queued twice."""

    __tablename__ = "letters_sent"
    __table_args__ = (
        UniqueConstraint("event_id", "letter", "recipient"),
        UniqueConstraint("message_id"),
        CheckConstraint("attempts >= 0 AND resends >= 0", name="counts"),
        Index(None, "state", "id"),
        Index(None, "recipient", "id"),
        Index("ix_letters_sent_waiting", text("priority DESC"), "id", postgresql_where=WAITING),
        Index("ix_letters_sent_waiting_about", "aggregate_id", "id", postgresql_where=WAITING),
    )
    event_id: Mapped[UUID]
    mail: Mapped[str] = mapped_column("letter")
    recipient: Mapped[str]
    locale: Mapped[str]
    message_id: Mapped[str]
    """The part before the @; when staff send the mail again, `.1`, `.2` … is added."""
    state: Mapped[LetterState]
    created_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    resends: Mapped[int] = mapped_column(default=0)
    code: Mapped[int | None] = mapped_column(default=None)
    """The reply code of the mail server (RFC 5321)."""
    status: Mapped[str | None] = mapped_column(default=None)
    """The reason, as mail servers number it (RFC 3463)."""
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until then, one worker alone may send it."""
    aggregate_id: Mapped[UUID | None] = mapped_column(default=None)
    """What it is about, such as an order: mails about one are sent in turn. Null if a job of an
    earlier version has queued it."""
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    """Whether it goes before others: see `services/jobs/queue.py`."""
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when it waits for its first attempt, or is at it; null from then on."""
