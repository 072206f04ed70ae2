from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model

MOST_GIFT_CARDS = 10
MOST_SOLD = 100
"""Gift cards that an order sells: each is an email."""


class CartGiftCard(Model):
    """A gift card that a cart will be paid with, as far as it goes."""

    __tablename__ = "cart_gift_cards"
    __table_args__ = (Index(None, "account_id"),)
    cart_id: Mapped[str] = mapped_column(
        ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(ForeignKey("credit_accounts.id"), primary_key=True)
    added_at: Mapped[datetime]
    """Those that were added first pay first."""
