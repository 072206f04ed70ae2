"""Keys for programs."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.user import Role


class ApiKey(Identified, Model):
    """A program's way in: all that its role may do, or only `scopes` when there are any."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("prefix"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("octet_length(key_hash) = 32", name="key_hash_length"),
        CheckConstraint("role IS NOT NULL OR cardinality(scopes) > 0", name="allows_something"),
        CheckConstraint("expires_at > created_at", name="expires_after_start"),
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
