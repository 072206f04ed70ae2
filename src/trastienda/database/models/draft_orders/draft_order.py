from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, Forbidden, Invalid, NotFound, Stale


class DraftOrderStatus(StrEnum):
    OPEN = "open"
    SENT = "sent"
    """Its buyer has the link, and may order it."""
    COMPLETED = "completed"
    """It became an order."""


NOT_AN_ORDER = f"status <> '{DraftOrderStatus.COMPLETED}'"


class DraftOrder(Identified, Model):
    """An order that staff put together for a buyer; it reserves stock only if they say so."""

    __tablename__ = "draft_orders"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("shipping_price >= 0", name="shipping_price"),
        CheckConstraint(
            f"(status = '{DraftOrderStatus.COMPLETED}') = (order_id IS NOT NULL)", name="order_id"
        ),
        Index(None, "status", "id"),
        Index(None, "customer_id"),
        Index(None, "expires_at", postgresql_where=text(f"{NOT_AN_ORDER} AND expired_at IS NULL")),
        Index(
            None,
            "reserve_until",
            postgresql_where=text(f"{NOT_AN_ORDER} AND reserve_until IS NOT NULL"),
        ),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str]
    """The language to talk about it in."""
    email: Mapped[str]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), default=None
    )
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), default=None
    )
    shipping_option_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("shipping_options.id", ondelete="SET NULL"), default=None
    )
    shipping_price: Mapped[int | None] = mapped_column(default=None)
    """What staff said that shipping costs, in minor units."""
    coupons: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default_factory=list, server_default="{}"
    )
    note: Mapped[str | None] = mapped_column(default=None)
    """For staff."""
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    """Its buyer can order it until then; None: without end."""
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    staff_discount: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), default=None
    )
    """A discount of the whole that staff granted, as `GrantedDiscount`."""
    reserve_until: Mapped[datetime | None] = mapped_column(default=None)
    """Stock is reserved under the draft order's id until then; None: none is."""
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its buyer was told that it expires."""
    expired_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its time was over; a state of its own would be one that older code cannot read."""
    order_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("orders.id"), default=None, unique=True
    )
    status: Mapped[DraftOrderStatus] = mapped_column(default=DraftOrderStatus.OPEN)
    version: Mapped[int] = mapped_column(default=1)

    def expect_open(self) -> None:
        """Raise DraftOrderCompleted when it is an order already."""
        if self.status is DraftOrderStatus.COMPLETED:
            raise DraftOrderCompleted(order=self.order_id)

    def expect_orderable(self, now: datetime) -> None:
        """Raise DraftOrderNotFound or DraftOrderExpired when its buyer cannot order it."""
        if self.status is DraftOrderStatus.OPEN:
            raise DraftOrderNotFound
        self.expect_in_time(now)

    def expect_in_time(self, now: datetime) -> None:
        """Raise DraftOrderExpired when its time is over."""
        if self.ended(now):
            raise DraftOrderExpired

    def ended(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    def holds(self, now: datetime) -> bool:
        """Say whether stock is to be reserved for it."""
        reserved = self.reserve_until is not None and self.reserve_until > now
        return reserved and self.order_id is None and not self.ended(now)

    def expire(self, now: datetime) -> None:
        """Note that its time is over."""
        self.expired_at, self.reserve_until = now, None
        self.version += 1

    def let_go(self) -> None:
        """Note that no stock is reserved for it any more."""
        self.reserve_until = None
        self.version += 1

    def remind(self, now: datetime) -> None:
        """Note that its buyer is told when it expires."""
        self.reminded_at = now
        self.version += 1

    def send(self, now: datetime) -> None:
        """Let its buyer order it."""
        self.expect_open()
        self.expect_in_time(now)
        self.status, self.sent_at = DraftOrderStatus.SENT, now
        self.version += 1

    def complete(self, order_id: UUID) -> None:
        """Note that it became this order."""
        self.status, self.order_id = DraftOrderStatus.COMPLETED, order_id
        self.version += 1


class DraftOrderNotFound(NotFound):
    """There is no such draft order."""


class DraftOrderChanged(Stale):
    """The draft order has changed since you read it."""


class DraftOrderCompleted(Conflict):
    """This draft order has become an order."""


class DraftOrderExpired(Forbidden):
    """The time to order this has ended; please ask the shop."""


class DraftOrderSkuTwice(Invalid):
    """A draft order has each SKU once."""


class GiftCardPriceFixed(Invalid):
    """A gift card is worth its price, so that no other price can be set."""


class DraftOrderEmpty(Invalid):
    """A draft order has at least one line."""


class DiscountUnclear(Invalid):
    """A discount is a percentage or an amount."""


class ReservationOver(Invalid):
    """Stock is reserved until a time to come, for a draft order that has not expired."""


class PriceReasonMissing(Invalid):
    """Say why this price is another one."""


class DraftOrderCustomerUnknown(Invalid):
    """There is no account with this id."""
