from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, Numbered
from trastienda.errors import Conflict, Invalid


class Stock(Identified, Model):
    """How much of a variant one location holds, and how much of that is promised."""

    __tablename__ = "stock"
    __table_args__ = (
        UniqueConstraint("variant_id", "location_id"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("on_hand - reserved >= 0", name="available"),
    )
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"))
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id"))
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """Rises with each change; the number of its event."""


class StaffReason(StrEnum):
    """Why staff move stock."""

    RECEIVED = "received"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"
    RECOUNT = "recount"
    CORRECTION = "correction"


class Reason(StrEnum):
    """Why stock moved: staff's reasons, and three that belong to orders."""

    RECEIVED = "received"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"
    RECOUNT = "recount"
    CORRECTION = "correction"
    RESERVED = "reserved"
    RELEASED = "released"
    FULFILLED = "fulfilled"


class StockMovement(Numbered, Model):
    """One line of the ledger: it is added, never changed, and the sums are the stock."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("on_hand <> 0 OR reserved <> 0", name="moves_something"),
        Index(None, "stock_id"),
    )
    stock_id: Mapped[UUID] = mapped_column(ForeignKey("stock.id", ondelete="CASCADE"))
    reason: Mapped[Reason]
    created_at: Mapped[datetime]
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    source_id: Mapped[UUID | None] = mapped_column(default=None)
    """The payment attempt or order it was for."""
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    """The member of staff or API key who booked it."""


APPEND_ONLY = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of %% are never changed', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER stock_movements_append_only BEFORE UPDATE ON stock_movements
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
)
for _statement in APPEND_ONLY:
    event.listen(StockMovement.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]


class OutOfStock(Conflict):
    """There is not enough in stock."""


class StockPromised(Conflict):
    """There is not that much to take: the rest has been promised to buyers."""


class NothingMoved(Invalid):
    """A movement of nothing is not a movement."""
