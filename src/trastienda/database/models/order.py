from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    Sequence,
    String,
    Text,
    event,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, NotFound, Stale

NUMBERS = Sequence("order_numbers", start=100_001, metadata=Model.metadata)


class OrderStatus(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    CANCELLED = "cancelled"


class FulfilmentStatus(StrEnum):
    UNFULFILLED = "unfulfilled"
    PARTIAL = "partially_fulfilled"
    FULFILLED = "fulfilled"


class Order(Identified, Model):
    """What was sold, to whom, for how much: a snapshot that no later change touches."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(
            "subtotal >= 0 AND discount >= 0 AND shipping >= 0 AND tax_included >= 0"
            " AND tax_added >= 0 AND total >= 0",
            name="amounts",
        ),
        CheckConstraint("discount <= subtotal", name="discount"),
        CheckConstraint("tax = tax_included + tax_added", name="tax"),
        CheckConstraint("shipping_tax_added BETWEEN 0 AND tax_added", name="shipping_tax_added"),
        CheckConstraint("total = subtotal - discount + shipping + tax_added", name="total"),
        Index(None, "customer_id", "placed_at"),
        Index(None, "placed_at", "id"),
        Index(None, "email_key"),
    )
    number: Mapped[int] = mapped_column(BigInteger, NUMBERS, unique=True, init=False)
    cart_id: Mapped[str] = mapped_column(unique=True)
    """A cart becomes at most one order."""
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str]
    email: Mapped[str]
    """As it was typed."""
    email_key: Mapped[str]
    """The same as `services.users.normalised` writes it: by this it is found and compared."""
    shipping_address: Mapped[dict[str, Any]]
    billing_address: Mapped[dict[str, Any]]
    shipping_option: Mapped[dict[str, Any]]
    payment_provider: Mapped[str]
    subtotal: Mapped[int]
    discount: Mapped[int]
    shipping: Mapped[int]
    tax: Mapped[int]
    tax_included: Mapped[int]
    tax_added: Mapped[int]
    total: Mapped[int]
    shipping_tax_added: Mapped[int]
    """The part of `tax_added` that is on shipping: the others are in the lines' totals."""
    pricing: Mapped[dict[str, Any] | None]
    """All that the totals were computed from; None for orders from before it was kept."""
    vat_number: Mapped[str | None]
    vat_check: Mapped[dict[str, Any] | None]
    """What the register of VAT numbers said, and when; None when none was asked."""
    coupons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    placed_at: Mapped[datetime]
    payment_status: Mapped[PaymentStatus]
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.OPEN)
    fulfilment_status: Mapped[FulfilmentStatus] = mapped_column(
        default=FulfilmentStatus.UNFULFILLED
    )
    version: Mapped[int] = mapped_column(default=1)
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", order_by="OrderLine.position", default_factory=list
    )

    def capture(self) -> None:
        """Take note that the money has come."""
        self._expect_open()
        if self.payment_status is not PaymentStatus.PENDING:
            raise OrderAlreadyPaid(order=self.id)
        self.payment_status = PaymentStatus.PAID
        self.version += 1

    def cancel(self) -> None:
        """Call it off before anything was paid or sent."""
        self._expect_open()
        if self.payment_status is PaymentStatus.PAID:
            raise OrderAlreadyPaid(order=self.id)
        if self.fulfilment_status is not FulfilmentStatus.UNFULFILLED:
            raise OrderAlreadyFulfilled(order=self.id)
        self.status = OrderStatus.CANCELLED
        self.payment_status = PaymentStatus.CANCELLED
        self.version += 1

    def fulfil(self) -> None:
        """Count what has been sent with its lines, and say how far the order is."""
        self._expect_open()
        done = [line.fulfilled_quantity == line.quantity for line in self.lines]
        status = FulfilmentStatus
        self.fulfilment_status = status.FULFILLED if all(done) else status.PARTIAL
        self.version += 1

    def _expect_open(self) -> None:
        if self.status is not OrderStatus.OPEN:
            raise OrderClosed(order=self.id)


class OrderLine(Identified, Model):
    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("subtotal = unit_price * quantity", name="subtotal"),
        CheckConstraint("discount BETWEEN 0 AND subtotal", name="discount"),
        CheckConstraint("tax >= 0 AND total >= 0", name="amounts"),
        CheckConstraint("fulfilled_quantity BETWEEN 0 AND quantity", name="fulfilled_quantity"),
        Index(None, "order_id"),
        Index(None, "variant_id"),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    position: Mapped[int]
    variant_id: Mapped[UUID | None] = mapped_column(ForeignKey("variants.id", ondelete="SET NULL"))
    sku: Mapped[str]
    name: Mapped[str]
    slug: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    thumbnail: Mapped[str | None]
    quantity: Mapped[int]
    unit_price: Mapped[int]
    subtotal: Mapped[int]
    discount: Mapped[int]
    tax: Mapped[int]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(11, 8))
    total: Mapped[int]
    fulfilled_quantity: Mapped[int] = mapped_column(default=0)


ADDS_UP = (
    """
    CREATE FUNCTION order_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        of_order uuid;
        whole bigint;
        parts bigint;
    BEGIN
        IF TG_TABLE_NAME = 'orders' THEN
            of_order := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            of_order := OLD.order_id;
        ELSE
            of_order := NEW.order_id;
        END IF;
        SELECT total, shipping + shipping_tax_added INTO whole, parts
        FROM orders WHERE id = of_order;
        IF whole <> parts + (SELECT coalesce(sum(total), 0) FROM order_lines
                             WHERE order_id = of_order) THEN
            RAISE EXCEPTION 'lines and shipping of order %% do not add up to its total', of_order
                USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR UPDATE OF total, shipping, shipping_tax_added ON orders
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR DELETE OR UPDATE OF total, order_id ON order_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
)
for _statement in ADDS_UP:
    event.listen(OrderLine.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]


class OrderNotFound(NotFound):
    """There is no such order."""


class OrderClosed(Conflict):
    """This order has been cancelled."""


class OrderAlreadyPaid(Conflict):
    """This order has already been paid."""


class OrderAlreadyFulfilled(Conflict):
    """Part of this order has already been sent."""


class OrderChanged(Stale):
    """The order has changed since you read it."""
