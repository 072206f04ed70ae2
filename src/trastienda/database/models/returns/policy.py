from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Stale


class ShippingRefund(StrEnum):
    """When the price of the outward shipping is paid back."""

    WHOLE_ORDER = "whole_order"
    """Once all of the order has come back, as Directive 2011/83/EU wants it (article 13)."""
    NEVER = "never"


class ReturnPolicy(Identified, Model):
    """What a channel says of returns: until when, and what is paid back. No row: the defaults."""

    __tablename__ = "return_policies"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("window_days BETWEEN 1 AND 3650", name="window_days"),
        CheckConstraint("expiry_days BETWEEN 1 AND 365", name="expiry_days"),
        CheckConstraint("restocking_percent BETWEEN 0 AND 100", name="restocking_percent"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), unique=True)
    window_days: Mapped[int | None] = mapped_column(default=14)
    """Whole days after the last parcel arrived; None: customers ask for none over the API."""
    expiry_days: Mapped[int | None] = mapped_column(default=30)
    """How long an approved return waits for its goods; None: without end."""
    restocking_percent: Mapped[Decimal] = mapped_column(Numeric(7, 4), default=Decimal(0))
    """Of what the goods are worth: the merchant keeps it."""
    return_fees: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """By currency, in minor units, once per return: what the merchant keeps for the way back."""
    shipping_refund: Mapped[ShippingRefund] = mapped_column(default=ShippingRefund.WHOLE_ORDER)
    standard_shipping: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """By currency, in minor units: at most this is paid back of the outward shipping."""
    version: Mapped[int] = mapped_column(default=1)


class ReturnPolicyChanged(Stale):
    """The policy of returns has changed since you read it."""
