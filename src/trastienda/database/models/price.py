from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model

LARGEST_AMOUNT = 10**12
"""In minor units: with 200 lines of 9,999 a total still fits into 64 bits."""


class Price(Model):
    """What one unit of a variant costs, in the currency's minor unit."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
        CheckConstraint(
            f"compare_at > amount AND compare_at <= {LARGEST_AMOUNT}", name="compare_at"
        ),
    )
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int]
    compare_at: Mapped[int | None] = mapped_column(default=None)
    """The price before a reduction."""
