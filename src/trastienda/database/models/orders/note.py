from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class OrderNote(Identified, Model):
    """What staff wrote down about an order, for each other; never changed."""

    __tablename__ = "order_notes"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        Index(None, "order_id", "created_at", "id"),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    text: Mapped[str]
    created_at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
