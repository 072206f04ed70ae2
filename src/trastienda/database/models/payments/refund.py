from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model, Numbered
from trastienda.errors import Conflict, Forbidden, Invalid, NotFound, Stale


class RefundReason(StrEnum):
    """Why money goes back, as the merchant's reports group it."""

    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    NOT_DELIVERED = "not_delivered"
    OUT_OF_STOCK = "out_of_stock"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    GOODWILL = "goodwill"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    LATE_PAYMENT = "late_payment"
    """Money that came when its order could not be placed any more."""
    OTHER = "other"


class RefundDestination(StrEnum):
    """Where the money of a refund goes."""

    PAYMENT = "payment"
    """Back the way that it came."""
    STORE_CREDIT = "store_credit"
    """To the store credit of the customer."""


class TransferState(StrEnum):
    """How far the money of a refund is on its way through one payment."""

    ASKED = "asked"
    """Nobody has asked the provider yet."""
    SENT = "sent"
    """The provider has been asked; its answer is not known."""
    PENDING = "pending"
    """The provider has taken it on, and will say later how it ended."""
    DONE = "done"
    REFUSED = "refused"
    """The provider said no; staff may try again, or withdraw it."""
    CANCELLED = "cancelled"
    """It was withdrawn before the provider had it, or after the provider's no."""


_State = TransferState
MOVES: dict[TransferState, frozenset[TransferState]] = {
    _State.ASKED: frozenset({_State.SENT, _State.CANCELLED}),
    _State.SENT: frozenset({_State.PENDING, _State.DONE, _State.REFUSED}),
    _State.PENDING: frozenset({_State.DONE, _State.REFUSED}),
    _State.DONE: frozenset({_State.REFUSED}),  # a bank may return it days later
    _State.REFUSED: frozenset({_State.ASKED, _State.CANCELLED}),
    _State.CANCELLED: frozenset(),
}
"""Which states may follow each. The same state again is no move, and no error."""
OPEN = (_State.ASKED, _State.SENT, _State.PENDING)
"""A transfer in these is still being worked on."""


class Refund(Identified, Model):
    """A decision to pay back: the parts of the order that it is for, and the whole sum."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("tax >= 0", name="tax"),
        Index(None, "order_id"),
    )
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    """None: money that came when its order could not be placed any more."""
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int]
    """The money that goes back, with tax, in minor units."""
    tax: Mapped[int]
    """Of its items: more than is in `amount` where a part of the order had not been paid."""
    reason: Mapped[RefundReason]
    note: Mapped[str | None]
    restock: Mapped[bool]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    """When staff gave it up, after a refusal of the provider."""
    destination: Mapped[RefundDestination] = mapped_column(
        default=RefundDestination.PAYMENT, server_default=RefundDestination.PAYMENT.value
    )
    items: Mapped[list["RefundItem"]] = relationship(
        lazy="raise", order_by="RefundItem.id", default_factory=list
    )
    transfers: Mapped[list["RefundTransfer"]] = relationship(
        lazy="raise", order_by="RefundTransfer.position", default_factory=list
    )


class RefundItem(Numbered, Model):
    """What a refund gives back of one line, or of shipping at one tax rate."""

    __tablename__ = "refund_items"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("tax BETWEEN 0 AND amount", name="tax"),
        Index(None, "refund_id"),
    )
    refund_id: Mapped[UUID] = mapped_column(ForeignKey("refunds.id"), init=False)
    line_id: Mapped[UUID | None]
    """None: shipping."""
    quantity: Mapped[int]
    """Units that are given back; 0 where only money is."""
    rate: Mapped[Decimal] = mapped_column(Numeric(11, 8))
    """Per cent."""
    amount: Mapped[int]
    """With tax, in minor units."""
    tax: Mapped[int]


class RefundTransfer(Identified, Model):
    """The part of a refund that goes back through one payment."""

    __tablename__ = "refund_transfers"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        UniqueConstraint("refund_id", "position"),
        Index(None, "payment_id"),
        Index(
            None,
            "leased_until",
            postgresql_where=text(f"state IN ({', '.join(repr(state.value) for state in OPEN)})"),
        ),
    )
    refund_id: Mapped[UUID] = mapped_column(ForeignKey("refunds.id"), init=False)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment_attempts.id"))
    provider: Mapped[str]
    """That of the payment; `exchange` for what pays another order, without a provider, and
    `store_credit` for what goes there instead."""
    position: Mapped[int]
    amount: Mapped[int]
    leased_until: Mapped[datetime]
    """The process that works on it has until then; afterwards another may take it up."""
    credit_account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("credit_accounts.id"), default=None
    )
    """The gift card, or the store credit, that it goes to; None: it goes to the provider."""
    state: Mapped[TransferState] = mapped_column(default=TransferState.ASKED)
    attempt: Mapped[int] = mapped_column(default=1)
    """Counts decisions, not requests: with the payment it is the provider's idempotency key."""
    requests: Mapped[int] = mapped_column(default=0)
    """How often the provider was asked in this attempt; each time it waits longer."""
    reference: Mapped[str | None] = mapped_column(default=None)
    """The provider's own id of the refund."""
    reason: Mapped[str | None] = mapped_column(default=None)
    """Why the provider refused it, in its own word."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    def move(self, state: TransferState) -> bool:
        """Go on to a state if that is a move; say whether it is."""
        if state not in MOVES[self.state]:
            return False
        self.state = state
        return True


class RefundNotFound(NotFound):
    """There is no such refund."""


class RefundChanged(Stale):
    """The refund has changed since you read it."""


class RefundNotFailed(Conflict):
    """Only a refund that its provider refused can be tried again or withdrawn."""


class RefundOwed(Conflict):
    """The order costs less since it was edited, and this is owed to its buyer: try it again."""


class NothingToRefund(Conflict):
    """Nothing of this is left to be refunded."""


class MoreThanLeft(Conflict):
    """More units would be refunded than are left of this line."""


class RefundLineUnknown(Invalid):
    """This order has no such line."""


class RefundNotAllowed(Forbidden):
    """This order was paid, so that cancelling it is a refund, which your rights do not allow."""


class RefundEmpty(Invalid):
    """Say what to refund: lines, shipping or an amount."""
