from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, Numbered

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
    """The price before a reduction."""
    cost: Mapped[int | None] = mapped_column(default=None)
    """What the merchant pays for it."""
    converted: Mapped[bool] = mapped_column(default=False)
    """Made from another currency by an exchange rate: a price that staff write replaces it."""
    listed: Mapped[int | None] = mapped_column(default=None)
    """What everybody sees when it is not `amount`: a sale or a price list changes it now."""
    listed_compare_at: Mapped[int | None] = mapped_column(default=None)
    """The price before, while a sale is on."""
    reduced_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the present reduction is on; the 30 days before it count."""

    def reprice(self, amount: int) -> None:
        """Let it cost something else; until it is settled, the price seen stays `listed`."""
        if amount != self.amount and self.listed is None:
            self.listed = self.amount
        self.amount = amount


class PricePeriod(Model):
    """A while in which a variant's listed price is not its own: sales and price lists, laid flat.

    Written anew whenever one of them changes. Periods of a variant and currency do not overlap.
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
    """-infinity: it has always been so."""
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
    """A listed price that is no more. With the present one, they are the price history."""

    __tablename__ = "past_prices"
    __table_args__ = (Index(None, "variant_id", "currency", "ended_at"),)
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int]
    ended_at: Mapped[datetime]
