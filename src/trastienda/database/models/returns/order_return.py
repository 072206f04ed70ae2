from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model, Numbered
from trastienda.errors import Conflict, NotFound, Stale


class ReturnState(StrEnum):
    """How far one return is."""

    ASKED = "asked"
    """Staff have not decided yet."""
    APPROVED = "approved"
    """The goods may come; nothing has arrived yet."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Given up before anything had arrived."""
    EXPIRED = "expired"
    """It was approved, and nothing arrived in time."""
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    """All of it has arrived."""
    CLOSED = "closed"
    """What arrived has been settled; nothing more is expected."""


_State = ReturnState
MOVES: dict[ReturnState, frozenset[ReturnState]] = {
    _State.ASKED: frozenset({_State.APPROVED, _State.REFUSED, _State.WITHDRAWN}),
    _State.APPROVED: frozenset(
        {_State.PART_RECEIVED, _State.RECEIVED, _State.EXPIRED, _State.WITHDRAWN}
    ),
    _State.REFUSED: frozenset(),
    _State.WITHDRAWN: frozenset(),
    _State.EXPIRED: frozenset(),
    _State.PART_RECEIVED: frozenset({_State.PART_RECEIVED, _State.RECEIVED, _State.CLOSED}),
    _State.RECEIVED: frozenset({_State.CLOSED}),
    _State.CLOSED: frozenset(),
}
"""Which states may follow each."""
OPEN = (_State.ASKED, _State.APPROVED, _State.PART_RECEIVED, _State.RECEIVED)
"""In these, its units are kept for it: no other return, and no refund of a return, counts them."""


EXCHANGEABLE = (_State.APPROVED, _State.PART_RECEIVED, _State.RECEIVED)
"""In these, what is wanted instead can be ordered before it is closed."""


class OrderReturn(Identified, Model):
    """A return: units of an order that were sent and are to come back."""

    __tablename__ = "returns"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("deduction >= 0", name="deduction"),
        CheckConstraint(
            f"CASE status WHEN '{ReturnState.APPROVED}' THEN decided_at"
            f" WHEN '{ReturnState.REFUSED}' THEN decided_at"
            f" WHEN '{ReturnState.PART_RECEIVED}' THEN received_at"
            f" WHEN '{ReturnState.RECEIVED}' THEN received_at"
            f" WHEN '{ReturnState.CLOSED}' THEN ended_at"
            f" WHEN '{ReturnState.WITHDRAWN}' THEN ended_at"
            f" WHEN '{ReturnState.EXPIRED}' THEN ended_at"
            " ELSE asked_at END IS NOT NULL",
            name="times",
        ),
        Index(None, "status", "id"),
        Index(None, "reason_id", "id"),
        Index(None, "exchange_order_id"),
        Index(None, "expires_at", postgresql_where=text(f"status = '{ReturnState.APPROVED}'")),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Within the order, from 1."""
    reason_id: Mapped[UUID] = mapped_column(ForeignKey("return_reasons.id"))
    charges_fees: Mapped[bool]
    """As its reason said when it was asked for."""
    by_staff: Mapped[bool]
    """Whether staff made it, for the customer."""
    asked_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(default=None)
    """What the customer says beside the reason."""
    status: Mapped[ReturnState] = mapped_column(default=ReturnState.ASKED)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    refusal: Mapped[str | None] = mapped_column(default=None)
    """Why staff refused it, for the customer."""
    instructions: Mapped[str | None] = mapped_column(default=None)
    """How to send it back, for the customer."""
    label_reference: Mapped[str | None] = mapped_column(default=None)
    """What the carrier calls the label of the parcel that comes back."""
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it ends if nothing has arrived; None: never."""
    received_at: Mapped[datetime | None] = mapped_column(default=None)
    """When units arrived last."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was closed or withdrawn, or expired."""
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("refunds.id"), default=None)
    deduction: Mapped[int | None] = mapped_column(default=None)
    """What the merchant kept of the worth of its goods, in minor units."""
    exchange: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)
    """What the customer wants instead: SKUs and quantities."""
    exchange_order_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("orders.id", ondelete="SET NULL"), default=None
    )
    """The order that it was exchanged for: since it was closed, or before its goods arrived."""
    version: Mapped[int] = mapped_column(default=1)
    lines: Mapped[list["ReturnLine"]] = relationship(
        lazy="raise", order_by="ReturnLine.position", default_factory=list
    )

    def approve(self, now: datetime, expires_at: datetime | None) -> None:
        """Let the goods come. Raise ReturnNotAsked."""
        self._move(ReturnState.APPROVED, ReturnNotAsked)
        self.decided_at, self.expires_at = now, expires_at

    def expect_exchangeable(self) -> None:
        """Raise ReturnNotExchangeable or ReturnExchanged where no order can be made of it."""
        if self.status not in EXCHANGEABLE:
            raise ReturnNotExchangeable
        if self.exchange_order_id is not None:
            raise ReturnExchanged

    def exchange_early(self, order_id: UUID, wanted: list[dict[str, Any]]) -> None:
        """Note the order of what is wanted instead, before it is closed."""
        self.exchange_order_id, self.exchange = order_id, wanted
        self.version += 1

    def refuse(self, now: datetime, why: str) -> None:
        """Say no, and why. Raise ReturnNotAsked."""
        self._move(ReturnState.REFUSED, ReturnNotAsked)
        self.decided_at, self.refusal = now, why

    def withdraw(self, now: datetime) -> None:
        """Give it up before anything has arrived. Raise ReturnUnderWay."""
        self._move(ReturnState.WITHDRAWN, ReturnUnderWay)
        self.ended_at = now

    def expire(self, now: datetime) -> None:
        """End it because nothing arrived in time. Raise ReturnUnderWay."""
        self._move(ReturnState.EXPIRED, ReturnUnderWay)
        self.ended_at = now

    def receive(self, now: datetime) -> None:
        """Note that units have arrived, which its lines count already. Raise ReturnNotExpected."""
        whole = all(line.missing_quantity == 0 for line in self.lines)
        state = ReturnState.RECEIVED if whole else ReturnState.PART_RECEIVED
        self._move(state, ReturnNotExpected)
        self.received_at = now

    def close(self, now: datetime, deduction: int) -> None:
        """Note that what arrived is settled. Raise ReturnNotReceived."""
        self._move(ReturnState.CLOSED, ReturnNotReceived)
        self.ended_at, self.deduction = now, deduction

    def expect_goods(self) -> None:
        """Raise ReturnNotExpected unless some of it may still arrive."""
        if ReturnState.RECEIVED not in MOVES[self.status]:
            raise ReturnNotExpected

    def _move(self, state: ReturnState, refusal: type[Conflict]) -> None:
        if state not in MOVES[self.status]:
            raise refusal
        self.status = state
        self.version += 1


class ReturnLine(Model):
    """How many units of one order line are to come back, and how many did."""

    __tablename__ = "return_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint(
            "restocked_quantity >= 0 AND written_off_quantity >= 0"
            " AND restocked_quantity + written_off_quantity <= quantity",
            name="received",
        ),
        Index(None, "line_id"),
    )
    return_id: Mapped[UUID] = mapped_column(
        ForeignKey("returns.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("order_lines.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]
    """That of the order's line."""
    quantity: Mapped[int]
    restocked_quantity: Mapped[int] = mapped_column(default=0)
    """Units that arrived and can be sold again."""
    written_off_quantity: Mapped[int] = mapped_column(default=0)
    """Units that arrived and cannot."""

    @property
    def received_quantity(self) -> int:
        """Units that have arrived."""
        return self.restocked_quantity + self.written_off_quantity

    @property
    def missing_quantity(self) -> int:
        """Units that have not arrived yet."""
        return self.quantity - self.received_quantity


class Disposition(StrEnum):
    """What becomes of units that came back."""

    RESTOCK = "restock"
    """They can be sold again."""
    WRITE_OFF = "write_off"
    """They cannot, and are taken off the stock at once."""


class ReturnReceipt(Numbered, Model):
    """Units that arrived together: when, where, and what became of them. Never changed."""

    __tablename__ = "return_receipts"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(None, "return_id"),
    )
    return_id: Mapped[UUID] = mapped_column(ForeignKey("returns.id", ondelete="CASCADE"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id", ondelete="CASCADE"))
    quantity: Mapped[int]
    disposition: Mapped[Disposition]
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id"))
    received_at: Mapped[datetime]


class ReturnNotFound(NotFound):
    """There is no such return."""


class ReturnChanged(Stale):
    """The return has changed since you read it."""


class ReturnNotAsked(Conflict):
    """This return does not wait for a decision."""


class ReturnUnderWay(Conflict):
    """Goods of this return have arrived, or it has ended."""


class ReturnNotExpected(Conflict):
    """No goods of this return are expected."""


class ReturnNotExchangeable(Conflict):
    """This return is not approved, or it has ended."""


class ReturnExchanged(Conflict):
    """What is wanted instead of these goods is ordered already."""


class ReturnNotReceived(Conflict):
    """No goods of this return wait to be settled."""
