from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.errors import NotFound


class Tariff(StrEnum):
    """What the price of a shipping option depends on."""

    FLAT = "flat"
    WEIGHT = "weight"
    """Tiers by the weight of all lines, in grams."""
    SUBTOTAL = "subtotal"
    """Tiers by the subtotal of all lines, in minor units."""
    PER_ITEM = "per_item"
    """`amount` for each unit."""
    FIRST_ADDITIONAL = "first_additional"
    """`amount` for the first unit, `additional` for each further one."""
    COURIER = "courier"
    """A courier's quote plus `amount`."""


class ShippingOption(Identified, Model):
    """A way in which an order may be sent or picked up."""

    __tablename__ = "shipping_options"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("min_weight >= 0 AND max_weight >= min_weight", name="weights"),
        CheckConstraint("max_length > 0", name="max_length"),
        CheckConstraint("min_days >= 0 AND max_days >= min_days", name="days"),
        CheckConstraint(f"(tariff = '{Tariff.COURIER}') = (courier IS NOT NULL)", name="courier"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    names: Mapped[dict[str, Any]]
    """By locale."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; if empty, all countries to which the channel ships."""
    zone_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    """Zones to which it is limited; if empty, all addresses."""
    tariff: Mapped[Tariff] = mapped_column(default=Tariff.FLAT)
    courier: Mapped[str | None] = mapped_column(default=None)
    """The courier's service to request."""
    min_weight: Mapped[int] = mapped_column(default=0)
    max_weight: Mapped[int | None] = mapped_column(default=None)
    """Grams of all lines together, both limits included."""
    max_length: Mapped[int | None] = mapped_column(default=None)
    """The largest length of any unit's longest side, in millimetres."""
    excluded_category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    """Categories whose products, with those of their subcategories, cannot be sent this way."""
    min_days: Mapped[int | None] = mapped_column(default=None)
    max_days: Mapped[int | None] = mapped_column(default=None)
    """Working days until delivery."""
    pickup_address: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """The pick-up point; without one the order is delivered."""
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
    """Free from this subtotal on, inclusive, in minor units."""


class ShippingTier(Model):
    """A price from a threshold on, inclusive: grams, or a subtotal in minor units."""

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
