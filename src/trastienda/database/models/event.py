"""The outbox: what happened, written in the transaction in which it happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from trastienda.database.db import Identified, Model


class Event(Identified, Model):
    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("aggregate_id", "sequence"),)
    aggregate: Mapped[str]
    aggregate_id: Mapped[UUID]
    sequence: Mapped[int]
    type: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
