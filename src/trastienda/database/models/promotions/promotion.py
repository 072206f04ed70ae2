from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, Numbered


class PromotionKind(StrEnum):
    ORDER_FIXED = "order_fixed"
    ORDER_PERCENT = "order_percent"
    ORDER_TIERED = "order_tiered"
    ITEM_FIXED = "item_fixed"
    ITEM_PERCENT = "item_percent"
    FIXED_PRICE = "fixed_price"
    CHEAPEST_UNIT = "cheapest_unit"
    BUY_X_GET_Y = "buy_x_get_y"
    FREE_GIFT = "free_gift"
    SHIPPING_PERCENT = "shipping_percent"
    SHIPPING_FIXED = "shipping_fixed"


class Trigger(StrEnum):
    """What makes a promotion apply."""

    AUTOMATIC = "automatic"
    """It applies to every cart that meets its conditions."""
    COUPON = "coupon"
    """It applies to carts with one of its coupons."""
    CATALOGUE = "catalogue"
    """It is a sale, which changes listed prices for a time."""


class Promotion(Identified, Model):
    """A promotion. Amounts are in minor units, by currency: `{"EUR": 500}`."""

    __tablename__ = "promotions"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("buy > 0 AND get > 0", name="sets"),
        CheckConstraint("max_quantity > 0", name="max_quantity"),
        CheckConstraint("gift_quantity > 0", name="gift_quantity"),
        CheckConstraint("min_quantity >= 0", name="min_quantity"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("usage_limit >= 0", name="usage_limit"),
        CheckConstraint("usage_limit_per_customer > 0", name="usage_limit_per_customer"),
        CheckConstraint("uses >= 0 AND uses <= usage_limit", name="uses"),
        CheckConstraint("version > 0", name="version"),
        # Read for every cart, so it has to stay small.
        Index(
            "ix_promotions_automatic",
            "id",
            postgresql_where=text(f"active AND trigger = '{Trigger.AUTOMATIC}'"),
        ),
        Index(
            "ix_promotions_sales", "id", postgresql_where=text(f"trigger = '{Trigger.CATALOGUE}'")
        ),
    )
    name: Mapped[str]
    """Shown to buyers and on documents."""
    kind: Mapped[PromotionKind]
    trigger: Mapped[Trigger]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(default=False)
    """False for drafts and disabled promotions."""
    percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4), default=None)
    amounts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    buy: Mapped[int | None] = mapped_column(default=None)
    get: Mapped[int | None] = mapped_column(default=None)
    max_quantity: Mapped[int | None] = mapped_column(default=None)
    tiers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)
    """Each has `min_quantity` or `min_subtotals`, and `percent` or `amounts`."""
    gift_variant_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("variants.id", ondelete="SET NULL"), default=None
    )
    gift_quantity: Mapped[int] = mapped_column(default=1)
    product_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    variant_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    """The products it applies to, directly or by category or variant; if all are empty, all."""
    channel_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    customer_group_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default_factory=list)
    first_order: Mapped[bool] = mapped_column(default=False)
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), default_factory=list)
    """ISO weekdays (Monday is 1), in the channel's time zone like the two times."""
    time_from: Mapped[time | None] = mapped_column(default=None)
    time_to: Mapped[time | None] = mapped_column(default=None)
    """The time of day at which it ends; if before `time_from`, on the next day."""
    min_subtotals: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    min_quantity: Mapped[int] = mapped_column(default=0)
    max_discounts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    priority: Mapped[int] = mapped_column(default=0)
    exclusive: Mapped[bool] = mapped_column(default=False)
    stack_group: Mapped[str | None] = mapped_column(default=None)
    """Of the promotions in a group, only the first that reduces anything applies."""
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    usage_limit: Mapped[int | None] = mapped_column(default=None)
    usage_limit_per_customer: Mapped[int | None] = mapped_column(default=None)
    uses: Mapped[int] = mapped_column(default=0)
    """Counted only if there is a limit, so that other orders do not wait for this row."""
    version: Mapped[int] = mapped_column(default=1)


class Coupon(Identified, Model):
    """A code that makes a promotion apply."""

    __tablename__ = "coupons"
    __table_args__ = (
        CheckConstraint("usage_limit > 0", name="usage_limit"),
        CheckConstraint("uses >= 0 AND uses <= usage_limit", name="uses"),
        CheckConstraint("code = upper(code) AND char_length(code) BETWEEN 1 AND 64", name="code"),
        CheckConstraint("version > 0", name="version"),
        Index(None, "promotion_id", "id"),
    )
    promotion_id: Mapped[UUID] = mapped_column(ForeignKey("promotions.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(unique=True)
    """In capitals and without spaces, as codes are compared."""
    created_at: Mapped[datetime]
    usage_limit: Mapped[int | None] = mapped_column(default=None)
    uses: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    """Increased by changes of staff, not by uses."""


class CartCoupon(Model):
    """A coupon in a cart."""

    __tablename__ = "cart_coupons"
    __table_args__ = (Index(None, "coupon_id"),)
    cart_id: Mapped[str] = mapped_column(
        ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True
    )
    coupon_id: Mapped[UUID] = mapped_column(
        ForeignKey("coupons.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime]


class PromotionUse(Numbered, Model):
    """A use of a promotion by an order, or by the payment attempt that becomes the order."""

    __tablename__ = "promotion_uses"
    __table_args__ = (
        Index(None, "source_id"),
        Index(None, "promotion_id"),
        Index(None, "coupon_id"),
    )
    promotion_id: Mapped[UUID] = mapped_column(ForeignKey("promotions.id", ondelete="CASCADE"))
    coupon_id: Mapped[UUID | None] = mapped_column(ForeignKey("coupons.id", ondelete="SET NULL"))
    source_id: Mapped[UUID]
    customers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """The customers whose uses were counted: keys of `promotion_customers`."""
    created_at: Mapped[datetime]


class PromotionCustomer(Model):
    """How often a customer used a promotion that has a limit per customer."""

    __tablename__ = "promotion_customers"
    __table_args__ = (CheckConstraint("uses >= 0", name="uses"),)
    promotion_id: Mapped[UUID] = mapped_column(
        ForeignKey("promotions.id", ondelete="CASCADE"), primary_key=True
    )
    customer: Mapped[str] = mapped_column(primary_key=True)
    """`account:<id>` or `email:<normalised address>`; an order counts for both of its buyer's."""
    uses: Mapped[int]
