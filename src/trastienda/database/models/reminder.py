from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class CartReminder(Identified, Model):
    """Somebody's wish to be reminded of a cart they leave; without a row nobody is."""

    __tablename__ = "cart_reminders"
    __table_args__ = (
        UniqueConstraint("cart_id"),
        Index("ix_cart_reminders_waiting", "cart_id", postgresql_where=text("reminded_at IS NULL")),
        Index(None, "email"),
    )
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    email: Mapped[str]
    """As `services.users.normalised` makes it."""
    locale: Mapped[str]
    consented_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    """Once a cart: then never again."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    """Of what was told already: the wish was taken back, and the letter is not written."""
