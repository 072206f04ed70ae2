from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model

PASSING: Final = "aggregate IN ('cart', 'letter', 'payment')"
"""Events about what the shop itself forgets (a cart that was left, a letter, a try to pay): the
last one, which names somebody's address, does not stay as that of other things does."""


class Event(Identified, Model):
    """Something others may care about, written in the transaction that did it (the outbox)."""

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
    """Of the shape of `data`: it rises when a consumer of the shape before would break."""
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actor: Mapped[str]
    """Who caused it: `customer`, `staff`, `key`, `guest` or `system`."""
    created_at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    relayed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it got its position, and who waits for it was told."""
    position: Mapped[int | None] = mapped_column(default=None)
    """1, 2, 3 … among all events, given after the commit: who has read up to one misses nothing."""


class Outbox(Model):
    """One row: the last position given. Who holds it relays, and nobody else meanwhile."""

    __tablename__ = "outbox"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int]


class EventSweep(Model):
    """One row: up to where the sweep has looked. It is not in `outbox`: the relay never waits."""

    __tablename__ = "event_sweep"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    upto: Mapped[int]
