from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class GiftCardsToIssue(Model):
    """An order whose gift cards are issued as soon as it is paid; then its row is deleted."""

    __tablename__ = "gift_cards_to_issue"
    order_id: Mapped[UUID] = mapped_column(
        ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True
    )
