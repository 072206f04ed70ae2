"""Counts of failures, shared by all nodes, and the resulting delays."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class LoginFailure(Model):
    """The failures of one account, cart or network address; `key` is a hash that names which."""

    __tablename__ = "login_failures"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key_length"),
        CheckConstraint("failures > 0", name="failures_positive"),
        Index(None, "last_at"),
    )
    key: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime]
