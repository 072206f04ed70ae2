"""Sessions of people who have logged in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class LoginSession(Identified, Model):
    """One session. Its token is in the browser's cookie; the row holds only the SHA-256."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_length"),
        CheckConstraint("idle_seconds > 0", name="idle_positive"),
        CheckConstraint("expires_at > created_at", name="expires_after_start"),
        Index(None, "user_id", "created_at"),
        Index(None, "expires_at"),
    )
    token_hash: Mapped[bytes]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    user_agent: Mapped[str]
    idle_seconds: Mapped[int]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
