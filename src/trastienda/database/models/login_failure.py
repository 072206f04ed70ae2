"""How often somebody failed, on all nodes together, and how long they have to wait."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class LoginFailure(Model):
    """Failures of one account, one cart or one network address; `key` is a hash of which."""

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
