from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model

_PASSING = ("cart", "letter", "payment")
PASSING: Final = f"aggregate IN {_PASSING}"
"""Events about what the shop itself deletes (a left cart, a mail, a payment attempt). The last
event of other aggregates is kept for good; that of these is not, because it holds an e-mail
address."""


class Event(Identified, Model):
    """An event, written in the transaction of the change that it is about (the outbox)."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("aggregate_id", "sequence"),
        UniqueConstraint("position"),
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint("(position IS NULL) = (relayed_at IS NULL)", name="placed_when_relayed"),
        Index("ix_events_waiting", "created_at", "id", postgresql_where=text("position IS NULL")),
        Index(
            "ix_events_relayed_at",
            "relayed_at",
            "position",
            postgresql_where=text("position IS NOT NULL"),
        ),
        Index("ix_events_passing", "relayed_at", postgresql_where=text(PASSING)),
    )
    aggregate: Mapped[str]
    """`order`, `user`, …"""
    aggregate_id: Mapped[UUID]
    sequence: Mapped[int]
    """1, 2, 3 … for each aggregate, without a gap."""
    type: Mapped[str]
    """`order.placed`, …"""
    schema_version: Mapped[int]
    """The version of the shape of `data`; it rises when the change would break a consumer."""
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actor: Mapped[str]
    """The kind of actor that caused it: `customer`, `staff`, `key`, `guest` or `system`."""
    created_at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    relayed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it got its position, and its jobs and deliveries were queued."""
    position: Mapped[int | None] = mapped_column(default=None)
    """1, 2, 3 … among all events, given after the commit: whoever has read up to one has missed
    none."""


class Outbox(Model):
    """One row: the last position given. Its lock is the exclusive right to relay."""

    __tablename__ = "outbox"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int]


class EventSweep(Model):
    """One row: how far the sweep has looked. Not in `outbox`, so that the relay never waits."""

    __tablename__ = "event_sweep"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    upto: Mapped[int]
