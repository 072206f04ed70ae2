"""Registrations that wait for a proof that the address belongs to the person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Verification(Identified, Model):
    """One registration, with the password and name that were given.

    The token is made when its mail is written. Until then there is none, so nobody who reads the
    database or the events can use one. A later mail about the same registration replaces it. Using
    a token deletes all registrations of its user.
    """

    __tablename__ = "verifications"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_length"),
        CheckConstraint("expires_at > created_at", name="expires_after_start"),
        Index(None, "user_id"),
        Index(None, "expires_at"),
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    password_hash: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    token_hash: Mapped[bytes | None] = mapped_column(default=None)
