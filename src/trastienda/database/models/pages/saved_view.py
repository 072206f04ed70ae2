from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class SavedView(Identified, Model):
    """A list of the admin with its filters, as one member of staff has named it for themselves."""

    __tablename__ = "saved_views"
    __table_args__ = (
        UniqueConstraint("user_id", "list", "name"),
        CheckConstraint("name <> ''", name="name"),
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list: Mapped[str]
    """The last part of the list's address: `orders`."""
    name: Mapped[str]
    query: Mapped[str]
    """The filters, as the address says them."""
    created_at: Mapped[datetime]
