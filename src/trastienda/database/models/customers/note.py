from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class CustomerNote(Identified, Model):
    """What staff wrote down about a customer, for each other; never changed."""

    __tablename__ = "customer_notes"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        Index(None, "user_id", "id"),
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    text: Mapped[str]
    created_at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
