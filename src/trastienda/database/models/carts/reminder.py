from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class CartReminder(Identified, Model):
    """A buyer's consent to a reminder of an abandoned cart; without a row, none is sent."""

    __tablename__ = "cart_reminders"
    __table_args__ = (
        UniqueConstraint("cart_id"),
        Index("ix_cart_reminders_waiting", "cart_id", postgresql_where=text("reminded_at IS NULL")),
        Index(None, "email"),
    )
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    email: Mapped[str]
    """Normalised by `services.accounts.users.normalised`."""
    locale: Mapped[str]
    consented_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the reminder was triggered; only one is sent for a cart."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a reminder was cancelled after it was triggered; its mail is not sent."""
