from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, Numbered
from trastienda.errors import Conflict, Invalid


class Stock(Identified, Model):
    """The units of a variant that a location has on hand, and how many of them are reserved."""

    __tablename__ = "stock"
    __table_args__ = (
        UniqueConstraint("variant_id", "location_id"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("on_hand - reserved >= 0", name="available"),
        Index("ix_stock_available", text("(on_hand - reserved)")),
    )
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"))
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id"))
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    """Increased with each change; also the number of the event about it."""


class StaffReason(StrEnum):
    """The reasons for stock movements that staff can give."""

    RECEIVED = "received"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"
    RECOUNT = "recount"
    CORRECTION = "correction"


class Reason(StrEnum):
    """The reasons for stock movements: those of staff, and four of orders."""

    RECEIVED = "received"
    RETURNED = "returned"
    DAMAGED = "damaged"
    LOST = "lost"
    RECOUNT = "recount"
    CORRECTION = "correction"
    RESERVED = "reserved"
    RELEASED = "released"
    FULFILLED = "fulfilled"
    WRITTEN_OFF = "written_off"
    """Of what came back: it cannot be sold again."""


class StockMovement(Numbered, Model):
    """An entry of the stock ledger. Entries are never changed; their sums are the stock."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("on_hand <> 0 OR reserved <> 0", name="moves_something"),
        Index(None, "stock_id", "id"),
    )
    stock_id: Mapped[UUID] = mapped_column(ForeignKey("stock.id", ondelete="CASCADE"))
    reason: Mapped[Reason]
    created_at: Mapped[datetime]
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    source_id: Mapped[UUID | None] = mapped_column(default=None)
    """The payment attempt or order of the movement."""
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    """The staff user or API key that made the movement."""


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
