from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, NotFound, Stale


class FulfilmentState(StrEnum):
    """How far one parcel is."""

    READY = "ready"
    """It waits at a pick-up point; its units are still on hand, and reserved."""
    SHIPPED = "shipped"
    """A carrier has it, or the buyer does and nobody said so."""
    COLLECTED = "collected"
    """The buyer has fetched it."""
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    """It was ready, and was unpacked again."""


_State = FulfilmentState
MOVES: dict[FulfilmentState, frozenset[FulfilmentState]] = {
    _State.READY: frozenset({_State.COLLECTED, _State.CANCELLED}),
    _State.SHIPPED: frozenset({_State.DELIVERED}),
    _State.COLLECTED: frozenset(),
    _State.DELIVERED: frozenset(),
    _State.CANCELLED: frozenset(),
}
"""Which states may follow each."""


class Fulfilment(Identified, Model):
    """One parcel: what of an order is sent, or fetched, together."""

    __tablename__ = "fulfilments"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            f"CASE status WHEN '{FulfilmentState.READY}' THEN ready_at"
            f" WHEN '{FulfilmentState.SHIPPED}' THEN sent_at"
            f" WHEN '{FulfilmentState.COLLECTED}' THEN collected_at"
            f" WHEN '{FulfilmentState.DELIVERED}' THEN delivered_at"
            " ELSE created_at END IS NOT NULL",
            name="times",
        ),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Within the order, from 1."""
    status: Mapped[FulfilmentState]
    created_at: Mapped[datetime]
    location_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("locations.id", ondelete="SET NULL"), default=None
    )
    """Where all of its units come from; None: from several locations, or nobody knows."""
    carrier: Mapped[str | None] = mapped_column(default=None)
    tracking_number: Mapped[str | None] = mapped_column(default=None)
    tracking_url: Mapped[str | None] = mapped_column(default=None)
    label_reference: Mapped[str | None] = mapped_column(default=None)
    """What the carrier, or the program that printed it, calls the label; for staff only."""
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    ready_at: Mapped[datetime | None] = mapped_column(default=None)
    collected_at: Mapped[datetime | None] = mapped_column(default=None)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    lines: Mapped[list["FulfilmentLine"]] = relationship(
        lazy="raise", order_by="FulfilmentLine.line_id", default_factory=list
    )

    def collect(self, now: datetime) -> None:
        """Note that the buyer has fetched it. Raise FulfilmentNotReady."""
        if not self._move(FulfilmentState.COLLECTED):
            raise FulfilmentNotReady
        self.collected_at = now

    def deliver(self, now: datetime) -> None:
        """Note that the carrier has handed it over. Raise FulfilmentNotOnItsWay."""
        if not self._move(FulfilmentState.DELIVERED):
            raise FulfilmentNotOnItsWay
        self.delivered_at = now

    def unpack(self) -> bool:
        """Cancel it before the buyer has fetched it; say whether it was ready."""
        return self._move(FulfilmentState.CANCELLED)

    def _move(self, state: FulfilmentState) -> bool:
        if state not in MOVES[self.status]:
            return False
        self.status = state
        self.version += 1
        return True


class FulfilmentLine(Model):
    """How many units of one order line are in a parcel."""

    __tablename__ = "fulfilment_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(None, "line_id"),
    )
    fulfilment_id: Mapped[UUID] = mapped_column(
        ForeignKey("fulfilments.id", ondelete="CASCADE"), primary_key=True, init=False
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("order_lines.id", ondelete="CASCADE"), primary_key=True
    )
    quantity: Mapped[int]


class FulfilmentNotFound(NotFound):
    """There is no such fulfilment."""


class FulfilmentChanged(Stale):
    """The fulfilment has changed since you read it."""


class FulfilmentNotReady(Conflict):
    """This fulfilment is not waiting to be picked up."""


class FulfilmentNotOnItsWay(Conflict):
    """This fulfilment is not on its way to the buyer."""
