from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, Numbered


class Reservation(Numbered, Model):
    """Units of one stock row that an attempt, then its order, holds."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(None, "source_id"),
    )
    source_id: Mapped[UUID]
    """The attempt that took them; the order keeps them under its own id."""
    stock_id: Mapped[UUID] = mapped_column(ForeignKey("stock.id"))
    quantity: Mapped[int]
