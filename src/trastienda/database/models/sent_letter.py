from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class LetterState(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENT = "sent"
    """A mail server took it, or it is a file."""
    DELAYED = "delayed"
    """It is tried again."""
    REFUSED = "refused"
    """The mail server will never take it."""
    BOUNCED = "bounced"
    """It was sent, and came back."""
    SUPPRESSED = "suppressed"
    """It was not sent: the address is dead, its owner wants none, or there is no point any more."""


class SentLetter(Identified, Model):
    """One letter about one event to one address: never two."""

    __tablename__ = "letters_sent"
    __table_args__ = (
        UniqueConstraint("event_id", "letter", "recipient"),
        UniqueConstraint("message_id"),
        CheckConstraint("attempts >= 0 AND resends >= 0", name="counts"),
        Index(None, "state", "id"),
        Index(None, "recipient", "id"),
    )
    event_id: Mapped[UUID]
    letter: Mapped[str]
    recipient: Mapped[str]
    locale: Mapped[str]
    message_id: Mapped[str]
    """What stands before the @; sent anew by staff, it ends with `.1`, `.2` …"""
    state: Mapped[LetterState]
    created_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    resends: Mapped[int] = mapped_column(default=0)
    code: Mapped[int | None] = mapped_column(default=None)
    """What the mail server answered (RFC 5321)."""
    status: Mapped[str | None] = mapped_column(default=None)
    """Why, as mail servers number it (RFC 3463)."""
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    """Somebody is sending it, and nobody else does until then."""
