from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class IdempotencyKey(Model):
    """A request that must take effect only once, and the answer that it got."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "created_at"),)
    scope: Mapped[str] = mapped_column(primary_key=True)
    """The owner of the key: a visitor, or for anonymous ones the method and path."""
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the request, so that the key cannot be reused for another one."""
    created_at: Mapped[datetime]
    status: Mapped[int | None] = mapped_column(default=None)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
