from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, NotFound, PaymentRefused, Unavailable

EXCHANGE = "exchange"
"""The provider of what returned goods pay of the order that they are exchanged for: no cash."""


class PaymentState(StrEnum):
    """How far a payment is."""

    STARTED = "pending"
    """The provider has been asked, or is about to be; its answer is not known."""
    REQUIRES_ACTION = "requires_action"
    """The buyer has to do something first, as 3-D Secure asks."""
    PROCESSING = "processing"
    """The provider will say later."""
    AUTHORISED = "authorised"
    """The money is held for the merchant, and nothing of it taken yet."""
    CAPTURED = "succeeded"
    """Money was taken: all of it, or `captured` of it."""
    DECLINED = "declined"
    VOIDED = "voided"
    """What had been authorised was let go."""
    EXPIRED = "expired"
    """The buyer did not come back in time, or an authorisation ended."""


_State = PaymentState
_ENDED_WELL = frozenset({_State.AUTHORISED, _State.CAPTURED})
_ENDED_BADLY = frozenset({_State.DECLINED, _State.EXPIRED})
UNDER_WAY = frozenset({_State.STARTED, _State.REQUIRES_ACTION, _State.PROCESSING})
"""No decision yet: the cart waits, and its stock is reserved."""
MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    _State.STARTED: frozenset({_State.REQUIRES_ACTION, _State.PROCESSING})
    | _ENDED_WELL
    | _ENDED_BADLY,
    _State.REQUIRES_ACTION: frozenset({_State.PROCESSING}) | _ENDED_WELL | _ENDED_BADLY,
    _State.PROCESSING: frozenset({_State.REQUIRES_ACTION}) | _ENDED_WELL | _ENDED_BADLY,
    _State.AUTHORISED: frozenset({_State.CAPTURED, _State.VOIDED, _State.EXPIRED}),
    _State.CAPTURED: frozenset(),
    # Late money: the provider took it after all, and it becomes an order or is paid back.
    _State.DECLINED: frozenset({_State.CAPTURED}),
    _State.VOIDED: frozenset({_State.CAPTURED}),
    _State.EXPIRED: frozenset({_State.CAPTURED}),
}
"""Which states may follow each. The same state again is no move, and no error."""


class Operation(StrEnum):
    """What a provider has been asked to do with a payment, and has not answered yet."""

    CAPTURE = "capture"
    VOID = "void"


class Payment(Identified, Model):
    """One try to be paid by one provider. Its id is the key that the provider deduplicates by.

    The table keeps the name that it had when a payment was an attempt for one cart.
    """

    __tablename__ = "payment_attempts"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("captured BETWEEN 0 AND amount", name="captured"),
        CheckConstraint("refunded BETWEEN 0 AND captured", name="refunded"),
        # one payment at a time: the database refuses a second one under way for the same cart
        Index(
            "uq_payment_attempts_pending",
            "cart_id",
            unique=True,
            postgresql_where=text(f"state = '{PaymentState.STARTED}'"),
        ),
        Index(
            "uq_payment_attempts_waiting",
            "cart_id",
            unique=True,
            postgresql_where=text(
                f"state IN ('{PaymentState.REQUIRES_ACTION}', '{PaymentState.PROCESSING}')"
            ),
        ),
        # and so for the same order: a cart's payment has its order only when it has ended
        Index(
            "uq_payment_attempts_of_order",
            "order_id",
            unique=True,
            postgresql_where=text(
                f"state IN ({', '.join(repr(state.value) for state in sorted(UNDER_WAY))})"
            ),
        ),
        Index(
            "uq_payment_attempts_reference",
            "provider",
            "reference",
            unique=True,
            postgresql_where=text("reference IS NOT NULL"),
        ),
        Index(None, "cart_id"),
        Index(None, "order_id"),
        Index(None, "check_at", postgresql_where=text("check_at IS NOT NULL")),
        Index(None, "doubt", postgresql_where=text("doubt IS NOT NULL")),
        Index(
            "ix_payment_attempts_without_order",
            "id",
            postgresql_where=text("captured > refunded AND order_id IS NULL"),
        ),
    )
    cart_id: Mapped[str | None] = mapped_column(ForeignKey("carts.id", ondelete="SET NULL"))
    """What it was started for; None once the cart is gone, and where it pays an order."""
    provider: Mapped[str]
    token: Mapped[str | None]
    """What the provider gave the buyer to pay with; forgotten when the attempt ends."""
    once: Mapped[str | None]
    """The idempotency key it was asked with, so that a refusal is remembered with it."""
    once_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was asked under that key."""
    amount: Mapped[int]
    """What was asked for, in minor units."""
    currency: Mapped[str] = mapped_column(String(3))
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The order as it will be written: what is being paid, frozen; None if it is there already."""
    leased_until: Mapped[datetime | None]
    """The process that works on it has until then; afterwards another may take it up."""
    created_at: Mapped[datetime]
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.STARTED)
    reason: Mapped[str | None] = mapped_column(default=None)
    """Why it was declined, in the provider's word."""
    provider_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("payment_providers.id"), default=None
    )
    """The row of its provider; None for those that are built in. It keeps the row from going."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), default=None)
    """The order that it pays; of a cart's payment None until there is one."""
    reference: Mapped[str | None] = mapped_column(default=None)
    """The provider's own id of it."""
    captured: Mapped[int] = mapped_column(default=0, server_default="0")
    """What was taken, in minor units."""
    refunded: Mapped[int] = mapped_column(default=0, server_default="0")
    """What was given back or is promised to be, in minor units."""
    next_action: Mapped[dict[str, Any] | None] = mapped_column(JSONB, default=None)
    """What the buyer has to do, as the answer to a checkout tells it."""
    held_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when stock is held for a buyer who is asked to act."""
    capture_before: Mapped[datetime | None] = mapped_column(default=None)
    """When an authorisation ends, by the provider's word."""
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was last compared with what the provider knows."""
    check_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it is compared next; None: it has ended, and was compared for a day."""
    capture_at_once: Mapped[bool] = mapped_column(default=True, server_default="true")
    """Whether the provider takes the money with its yes, or holds it until it is captured."""
    return_url: Mapped[str | None] = mapped_column(default=None)
    """Where the provider sends the buyer after a second step."""
    operation: Mapped[Operation | None] = mapped_column(default=None)
    """What the provider has been asked to do with it, until its answer is known."""
    operation_amount: Mapped[int | None] = mapped_column(default=None)
    operation_attempt: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts decisions, not requests: a part of the provider's idempotency key."""
    doubt: Mapped[str | None] = mapped_column(default=None)
    """What the provider says otherwise than it was asked: nothing has followed from it."""
    expiry_told_at: Mapped[datetime | None] = mapped_column(default=None)
    """When staff were told that its authorisation is about to end."""
    credit_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("credit_accounts.id"), default=None
    )
    """The gift card, or the store credit, that it was taken from."""


class PaymentDeclined(PaymentRefused):
    """The payment was declined."""


class PaymentNotFound(NotFound):
    """There is no such payment."""


class NothingToCapture(Conflict):
    """This payment has nothing that could be captured."""


class CaptureTooLarge(Conflict):
    """This is more than is still to be paid, or was authorised."""


class CaptureRefused(Conflict):
    """The payment provider refused to capture this payment."""


class PaymentBusy(Conflict):
    """The payment provider is being asked about this payment; please try again in a moment."""


class PaymentUnclear(Unavailable):
    """The payment provider has not said yet what became of this payment; please try again."""
