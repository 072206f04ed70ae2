"""API keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.accounts.user import Role


class ApiKey(Identified, Model):
    """A program's credential: with all rights of its role, or only `scopes` if there are any."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("prefix"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("octet_length(key_hash) = 32", name="key_hash_length"),
        CheckConstraint("role IS NOT NULL OR cardinality(scopes) > 0", name="allows_something"),
        CheckConstraint("expires_at > created_at", name="expires_after_start"),
        Index(None, "user_id"),
        Index(None, "made_by"),
    )
    name: Mapped[str]
    prefix: Mapped[str]
    key_hash: Mapped[bytes]
    created_at: Mapped[datetime]
    role: Mapped[Role | None] = mapped_column(default=None)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String), default_factory=list)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    """The member of staff who owns it; it is revoked when they leave."""
    made_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    """The member of staff who made it. The key outlives them, as the program that uses it goes on.

    None if a program or the command line made it.
    """
