from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, Numbered

LARGEST_AMOUNT = 10**12
"""In minor units. A cart of 200 lines with 9,999 units each still has a total of 64 bits."""


class Price(Model):
    """What one unit of a variant costs, in the currency's minor unit."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
        CheckConstraint(
            f"compare_at > amount AND compare_at <= {LARGEST_AMOUNT}", name="compare_at"
        ),
        CheckConstraint(f"cost BETWEEN 0 AND {LARGEST_AMOUNT}", name="cost"),
        CheckConstraint(f"listed BETWEEN 0 AND {LARGEST_AMOUNT}", name="listed"),
        CheckConstraint("listed_compare_at > listed", name="listed_compare_at"),
    )
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int]
    compare_at: Mapped[int | None] = mapped_column(default=None)
    """The price before a reduction, in minor units."""
    cost: Mapped[int | None] = mapped_column(default=None)
    """What the merchant pays for one unit, in minor units."""
    converted: Mapped[bool] = mapped_column(default=False)
    """Whether an exchange rate made this price; a price set by staff replaces it."""
    listed: Mapped[int | None] = mapped_column(default=None)
    """The listed price, if a sale or a public price list makes it differ from `amount`."""
    listed_compare_at: Mapped[int | None] = mapped_column(default=None)
    """The price before the reduction, during a sale."""
    reduced_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the current reduction began; the lowest price is that of the 30 days before."""

    def reprice(self, amount: int) -> None:
        """Set the price; `listed` keeps the old one until the listed price is settled."""
        if amount != self.amount and self.listed is None:
            self.listed = self.amount
        self.amount = amount


class PricePeriod(Model):
    """A period in which sales or price lists make a variant's listed price differ from its own.

    Rebuilt whenever one of them changes. Periods of one variant and currency do not overlap.
    """

    __tablename__ = "price_periods"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
        CheckConstraint("compare_at > amount", name="compare_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "starts_at"),
        Index(None, "ends_at"),
    )
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    """`-infinity` if the period has no beginning."""
    ends_at: Mapped[datetime]
    amount: Mapped[int]
    compare_at: Mapped[int | None] = mapped_column(default=None)
    price_list_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("price_lists.id", ondelete="CASCADE"), default=None
    )
    promotion_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("promotions.id", ondelete="CASCADE"), default=None
    )


class PastPrice(Numbered, Model):
    """A former listed price. Together with the current one, these are the price history."""

    __tablename__ = "past_prices"
    __table_args__ = (Index(None, "variant_id", "currency", "ended_at"),)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int]
    ended_at: Mapped[datetime]
