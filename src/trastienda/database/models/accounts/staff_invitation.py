"""Invitations to become a member of staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.accounts.user import Role


class StaffInvitation(Identified, Model):
    """One invitation that nobody has accepted yet; an address has at most one.

    The token is made when the mail is written, so that nobody who reads the database or the events
    can use one.
    """

    __tablename__ = "staff_invitations"
    __table_args__ = (
        UniqueConstraint("email"),
        UniqueConstraint("token_hash"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_length"),
        CheckConstraint("expires_at > created_at", name="expires_after_start"),
        Index(None, "invited_by"),
        Index(None, "expires_at"),
    )
    email: Mapped[str]
    """As `services.accounts.users.normalised` writes it."""
    role: Mapped[Role]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    invited_by: Mapped[UUID | None] = mapped_column(default=None)
    """The user or API key; the invitation ends with the rights of who sent it."""
    token_hash: Mapped[bytes | None] = mapped_column(default=None)
