from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.errors import NotFound


class ShippingOption(Identified, Model):
    """A way to get the goods, at a flat price for each currency."""

    __tablename__ = "shipping_options"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    names: Mapped[dict[str, Any]]
    """By locale."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; empty means wherever the channel ships."""
    version: Mapped[int] = mapped_column(default=1)


class ShippingPrice(Model):
    __tablename__ = "shipping_prices"
    __table_args__ = (CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),)
    shipping_option_id: Mapped[UUID] = mapped_column(
        ForeignKey("shipping_options.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int]


class ShippingOptionNotFound(NotFound):
    """There is no such way of shipping for this cart."""
