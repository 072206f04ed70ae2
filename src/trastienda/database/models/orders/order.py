from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Sequence,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model
from trastienda.database.models.orders.order_errors import (
    OrderAlreadyFulfilled,
    OrderAlreadyPaid,
    OrderChanged,
    OrderClosed,
    OrderNotFound,
    PaymentDueUnusable,
    RefundTooLarge,
)
from trastienda.database.models.orders.order_line import OrderLine
from trastienda.database.models.orders.order_states import (
    STATES,
    UNPAID,
    WITH_CREDIT,
    CancelReason,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    payable,
)

__all__ = [
    "STATES",
    "UNPAID",
    "WITH_CREDIT",
    "CancelReason",
    "FulfilmentStatus",
    "Order",
    "OrderAlreadyFulfilled",
    "OrderAlreadyPaid",
    "OrderChanged",
    "OrderClosed",
    "OrderNotFound",
    "OrderStatus",
    "PaymentDueUnusable",
    "PaymentStatus",
    "RefundTooLarge",
]

NUMBERS = Sequence("order_numbers", start=100_001, metadata=Model.metadata)
LONGEST_TERM = timedelta(days=366)
"""That staff may give a buyer to pay, from now on."""
REMINDED_BEFORE = timedelta(hours=24)
"""The end of the time to pay; half of that time where it is shorter than two days."""


class Order(Identified, Model):
    """What was sold, to whom, for how much: a snapshot that only an edit of it changes."""

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
        Index(None, "email_key", "placed_at", "id"),
        # The lists of staff: each combination of states is read in the order of the list.
        Index("ix_orders_states", *STATES, "placed_at", "id"),
        Index(None, "currency", "total", "id"),
        Index(None, "currency", "placed_at", "id"),
        Index(None, "payment_due_at", postgresql_where=text(UNPAID)),
        CheckConstraint("refunded BETWEEN 0 AND captured", name="refunded"),
        CheckConstraint("captured - excess_refunded BETWEEN 0 AND total", name="captured"),
        CheckConstraint("excess_refunded BETWEEN 0 AND refunded", name="excess_refunded"),
        Index("ix_orders_unbooked", "placed_at", postgresql_where=text("booked_at IS NULL")),
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
    shipping_option: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """None: it is of gift cards alone, and nothing is shipped."""
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
    payment_due_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it is cancelled unless it is paid; None: never."""
    payment_reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    cancel_reason: Mapped[CancelReason | None] = mapped_column(default=None)
    captured: Mapped[int] = mapped_column(default=0, server_default="0")
    """What was taken for it by all its payments, in minor units."""
    refunded: Mapped[int] = mapped_column(default=0, server_default="0")
    """What was given back or is promised to be, in minor units."""
    excess_refunded: Mapped[int] = mapped_column(default=0, server_default="0")
    """What of it is given back because it was edited, and costs less than was captured."""
    tax_country: Mapped[str | None] = mapped_column(String(2), default=None)
    """Where it is taxed (ISO 3166-1 alpha-2); None where the channel has not said."""
    taxed_shipping: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB, default=None)
    """What shipping cost by tax rate; None for orders from before it was kept."""
    booked_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it came into the ledger; None: a job brings it there."""
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list, server_default="{}")
    """What staff sort it by, in lower case and in order; for staff alone."""
    credits: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB, default=None)
    lines: Mapped[list[OrderLine]] = relationship(
        lazy="raise", order_by="OrderLine.position", default_factory=list
    )

    def expect_unpaid(self) -> None:
        """Raise OrderClosed or OrderAlreadyPaid when there is nothing to capture any more."""
        self.expect_open()
        if not payable(self.payment_status, self.owed):
            raise OrderAlreadyPaid(order=self.id)

    def takes(self, amount: int) -> bool:
        """Say whether it still needs so much money; what was refunded in full needs no more."""
        needs = payable(self.payment_status, self.owed)
        return self.status is OrderStatus.OPEN and amount <= self.owed and needs

    def take(self, amount: int) -> None:
        """Note that so much was captured for it."""
        self.captured += amount
        self.payment_status = self._paid()
        self.version += 1

    @property
    def owed(self) -> int:
        """What was not captured of its total, in minor units; negative: what is to go back."""
        return self.total - self.captured + self.excess_refunded

    def settle_edit(self) -> int:
        """Count what goes back after its total has changed, and return it, in minor units."""
        excess = max(0, -self.owed)
        self.refunded += excess
        self.excess_refunded += excess
        if self.captured and self.owed <= 0:
            self.payment_status = self._paid()
        elif self.payment_status is not PaymentStatus.AUTHORISED:
            asked = PaymentStatus.PARTIALLY_PAID if self.given_back else PaymentStatus.PENDING
            self.payment_status = self._paid() if self.refundable else asked
        self.version += 1
        return excess

    def authorise(self, held: int) -> bool:
        """Note that so much is held for it in all; say whether nothing is left to be paid then."""
        if self.status is not OrderStatus.OPEN or held < self.owed:
            return False
        self.payment_status = PaymentStatus.AUTHORISED
        self.version += 1
        return True

    def lose_authorisation(self) -> None:
        """Note that the money that was held for it is held no more."""
        if self.status is OrderStatus.OPEN and self.payment_status is PaymentStatus.AUTHORISED:
            self.payment_status = self._paid() if self.captured else PaymentStatus.PENDING
            self.version += 1

    def cancel(self, reason: CancelReason = CancelReason.STAFF) -> None:
        """Call it off before anything was sent; what was paid is for a refund to give back."""
        self.expect_open()
        if self.fulfilment_status is not FulfilmentStatus.UNFULFILLED:
            raise OrderAlreadyFulfilled(order=self.id)
        self.status = OrderStatus.CANCELLED
        if self.given_back or not self.captured:
            self.payment_status = self._paid() if self.captured else PaymentStatus.CANCELLED
        self.cancel_reason = reason
        self.version += 1

    def refund(self, amount: int) -> None:
        """Promise money back: at most what was captured and is not promised already."""
        if amount > self.refundable:
            raise RefundTooLarge(refundable=self.refundable)
        self._refunded(self.refunded + amount)

    def withdraw_refund(self, amount: int) -> None:
        """Take back the promise of a refund that no provider has paid."""
        self._refunded(self.refunded - amount)

    @property
    def refundable(self) -> int:
        """What was captured and is not promised back, in minor units."""
        return self.captured - self.refunded

    def _refunded(self, refunded: int) -> None:
        self.refunded = refunded
        self.payment_status = self._paid()
        self.version += 1

    def set_payment_due(self, due_at: datetime | None, now: datetime) -> None:
        """Give the buyer until then to pay, or without end; they are reminded anew."""
        self.expect_open()
        paid = self.captured - sum(credit["amount"] for credit in self.credits or [])
        if paid or self.payment_status not in WITH_CREDIT:
            raise OrderAlreadyPaid(order=self.id)
        if due_at is not None and not now < due_at <= now + LONGEST_TERM:
            raise PaymentDueUnusable(pointer="/payment_due_at")
        self.payment_due_at = due_at
        self.payment_reminded_at = None
        self.version += 1

    def remind_of_payment(self, now: datetime) -> None:
        """Note that the buyer is reminded now; a reminder that is late puts the end off."""
        due_at = self.payment_due_at or now
        lead = min(REMINDED_BEFORE, (due_at - self.placed_at) / 2)
        self.payment_due_at = max(due_at, now + lead)
        self.payment_reminded_at = now
        self.version += 1

    def fulfil(self) -> None:
        """Count what has been sent with its lines, and say how far the order is."""
        self.expect_open()
        self.count_fulfilled()
        self.version += 1

    def set_aside(self) -> None:
        """Note that units of it are ready to be picked up."""
        self.expect_open()
        self.version += 1

    def count_change(self) -> None:
        """Count the change of a parcel or a return of it: readers of the order see them."""
        self.version += 1

    def tag(self, tags: list[str]) -> bool:
        """Give it these tags and no others; say whether that changes anything."""
        if tags == self.tags:
            return False
        self.tags = tags
        self.version += 1
        return True

    def count_fulfilled(self) -> None:
        """Say how far the order is, from what its lines say of units sent and removed."""
        status = FulfilmentStatus
        if not any(line.fulfilled_quantity for line in self.lines):
            self.fulfilment_status = status.UNFULFILLED
        elif any(line.unfulfilled_quantity for line in self.lines):
            self.fulfilment_status = status.PARTIAL
        else:
            self.fulfilment_status = status.FULFILLED

    @property
    def given_back(self) -> int:
        """What refunds of lines, shipping or amounts have promised back, in minor units."""
        return self.refunded - self.excess_refunded

    def _paid(self) -> PaymentStatus:
        if self.given_back:
            some = PaymentStatus.PARTIALLY_REFUNDED
            return some if self.refundable else PaymentStatus.REFUNDED
        return PaymentStatus.PAID if self.owed <= 0 else PaymentStatus.PARTIALLY_PAID

    def expect_open(self) -> None:
        """Raise OrderClosed for an order that was cancelled."""
        if self.status is not OrderStatus.OPEN:
            raise OrderClosed(order=self.id)
