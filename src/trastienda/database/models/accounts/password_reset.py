"""Requests for a new password, by whoever types an address in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.shared.text import Locale


class PasswordReset(Identified, Model):
    """One request. Until a worker has looked at it, nobody knows whether there is an account.

    The token is made when the mail is written, so that nobody who reads the database or the events
    can use one. A later mail about the same request replaces it. Using a token deletes all requests
    of its user.
    """

    __tablename__ = "password_resets"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_length"),
        CheckConstraint("expires_at > requested_at", name="expires_after_start"),
        Index("ix_password_resets_new", "id", postgresql_where=text("user_id IS NULL")),
        Index(None, "user_id"),
        Index(None, "expires_at"),
    )
    email_key: Mapped[str]
    """As `services.accounts.users.normalised` writes it."""
    locale: Mapped[Locale]
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), default=None
    )
    token_hash: Mapped[bytes | None] = mapped_column(default=None)
