from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shared.quantity import MOST_OF_ONE


class PriceList(Identified, Model):
    """Other prices for a customer group, for larger quantities, or for a time.

    The prices of a list without a group for a quantity of 1 are listed prices, seen by everybody.
    """

    __tablename__ = "price_lists"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("version > 0", name="version"),
        Index(None, "customer_group_id"),
    )
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3))
    channel_id: Mapped[UUID | None] = mapped_column(ForeignKey("channels.id"), default=None)
    customer_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customer_groups.id"), default=None
    )
    active: Mapped[bool] = mapped_column(default=True)
    priority: Mapped[int] = mapped_column(default=0)
    """Of several lists in force, that with the highest priority applies; if equal, the cheapest."""
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class PriceListPrice(Model):
    __tablename__ = "price_list_prices"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
        CheckConstraint(f"min_quantity BETWEEN 1 AND {MOST_OF_ONE}", name="min_quantity"),
        Index(None, "variant_id"),
    )
    price_list_id: Mapped[UUID] = mapped_column(
        ForeignKey("price_lists.id", ondelete="CASCADE"), primary_key=True
    )
    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True
    )
    min_quantity: Mapped[int] = mapped_column(primary_key=True)
    """Applies to lines of at least this many units; the highest quantity reached applies."""
    amount: Mapped[int]


class ExchangeRate(Model):
    """The rate at which the merchant converts prices of one currency into another."""

    __tablename__ = "exchange_rates"
    __table_args__ = (
        CheckConstraint("rate > 0", name="rate"),
        CheckConstraint("base_currency <> currency", name="two_currencies"),
        CheckConstraint("ending ~ '^[0-9]{1,4}$'", name="ending"),
        CheckConstraint("version > 0", name="version"),
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    """The currency converted into; it has one rate at most."""
    base_currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Numeric(20, 10))
    """Whole units of `currency` for one of `base_currency`."""
    updated_at: Mapped[datetime]
    ending: Mapped[str | None] = mapped_column(String(4), default=None)
    """The last digits of a charm price, in minor units, such as `99`; None leaves it as it is."""
    version: Mapped[int] = mapped_column(default=1)
