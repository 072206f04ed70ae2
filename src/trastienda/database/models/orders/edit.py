from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class OrderEdit(Identified, Model):
    """A change of an order by staff, with what it replaced; never changed."""

    __tablename__ = "order_edits"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index(None, "order_id", "id"),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    order_version: Mapped[int]
    """Of the order, after it."""
    reason: Mapped[str]
    """Why, for staff."""
    created_at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any]]
    """What of the order it may have changed, as it was."""
    after: Mapped[dict[str, Any]]
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("refunds.id"), default=None)
    """What it gave back of money that had been captured."""
