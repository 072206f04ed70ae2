from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Event(Identified, Model):
    """Something others may care about, written in the transaction that did it (the outbox)."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("aggregate_id", "sequence"),
        CheckConstraint("sequence > 0", name="sequence"),
        Index("ix_events_waiting", "id", postgresql_where=text("relayed_at IS NULL")),
    )
    aggregate: Mapped[str]
    """`order`, `user`, …"""
    aggregate_id: Mapped[UUID]
    sequence: Mapped[int]
    """1, 2, 3 … for each aggregate, without a gap."""
    type: Mapped[str]
    """`order.placed`, …"""
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    relayed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a job was queued for it."""
