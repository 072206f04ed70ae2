from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
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


class DraftOrder(Identified, Model):
    """An order that staff put together for a buyer: it reserves nothing until it is one."""

    __tablename__ = "draft_orders"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("shipping_price >= 0", name="shipping_price"),
        CheckConstraint(
            f"(status = '{DraftOrderStatus.COMPLETED}') = (order_id IS NOT NULL)", name="order_id"
        ),
        Index(None, "status", "id"),
        Index(None, "customer_id"),
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
        if self.expires_at is not None and self.expires_at <= now:
            raise DraftOrderExpired

    def send(self, now: datetime) -> None:
        """Let its buyer order it."""
        self.expect_open()
        if self.expires_at is not None and self.expires_at <= now:
            raise DraftOrderExpired
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


class PriceReasonMissing(Invalid):
    """Say why this price is another one."""


class DraftOrderCustomerUnknown(Invalid):
    """There is no account with this id."""
