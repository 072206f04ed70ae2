from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.errors import NotFound


class Tariff(StrEnum):
    """What the price of a way of shipping depends on."""

    FLAT = "flat"
    WEIGHT = "weight"
    """Tiers by the grams of all lines."""
    SUBTOTAL = "subtotal"
    """Tiers by the subtotal of all lines."""
    PER_ITEM = "per_item"
    """`amount` for each unit."""
    FIRST_ADDITIONAL = "first_additional"
    """`amount` for the first unit, `additional` for each further one."""
    COURIER = "courier"
    """A courier's quote."""


class ShippingOption(Identified, Model):
    """A way to get the goods."""

    __tablename__ = "shipping_options"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("min_weight >= 0 AND max_weight >= min_weight", name="weights"),
        CheckConstraint("max_length > 0", name="max_length"),
        CheckConstraint("min_days >= 0 AND max_days >= min_days", name="days"),
        CheckConstraint("(tariff = 'courier') = (courier IS NOT NULL)", name="courier"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    names: Mapped[dict[str, Any]]
    """By locale."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; empty means wherever the channel ships."""
    zone_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    """Only addresses in one of these; empty means all."""
    tariff: Mapped[Tariff] = mapped_column(default=Tariff.FLAT)
    courier: Mapped[str | None] = mapped_column(default=None)
    """The service of the courier to ask for."""
    min_weight: Mapped[int] = mapped_column(default=0)
    max_weight: Mapped[int | None] = mapped_column(default=None)
    """Grams of all lines together, both ends allowed."""
    max_length: Mapped[int | None] = mapped_column(default=None)
    """Millimetres that the longest side of any unit may have."""
    excluded_category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    """Nothing in these, or below them, travels so."""
    min_days: Mapped[int | None] = mapped_column(default=None)
    max_days: Mapped[int | None] = mapped_column(default=None)
    """Working days until it arrives."""
    pickup_address: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """Where the buyer fetches it; without one it is brought."""
    version: Mapped[int] = mapped_column(default=1)


class ShippingPrice(Model):
    __tablename__ = "shipping_prices"
    __table_args__ = (
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
        CheckConstraint(f"additional BETWEEN 0 AND {LARGEST_AMOUNT}", name="additional"),
        CheckConstraint(f"free_from BETWEEN 0 AND {LARGEST_AMOUNT}", name="free_from"),
    )
    shipping_option_id: Mapped[UUID] = mapped_column(
        ForeignKey("shipping_options.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int]
    additional: Mapped[int] = mapped_column(default=0)
    free_from: Mapped[int | None] = mapped_column(default=None)
    """From this subtotal on it costs nothing; exactly as much is enough."""


class ShippingTier(Model):
    """From a threshold on (grams, or a subtotal), inclusive, it costs this."""

    __tablename__ = "shipping_tiers"
    __table_args__ = (
        CheckConstraint(f"threshold BETWEEN 0 AND {LARGEST_AMOUNT}", name="threshold"),
        CheckConstraint(f"amount BETWEEN 0 AND {LARGEST_AMOUNT}", name="amount"),
    )
    shipping_option_id: Mapped[UUID] = mapped_column(
        ForeignKey("shipping_options.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    threshold: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]


class ShippingOptionNotFound(NotFound):
    """There is no such way of shipping for this cart."""
