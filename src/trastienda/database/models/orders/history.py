from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class OrderHistory(Identified, Model):
    """What happened to an order, without what it was like then: kept when its events are swept.

    Triggers write it (revision 0022). The id is that of the event, or of an email that was swept.
    """

    __tablename__ = "order_history"
    __table_args__ = (Index(None, "order_id", "at", "id"),)
    order_id: Mapped[UUID]
    type: Mapped[str]
    """That of the event, or `email`."""
    at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSONB, default=None)
    """What staff read beside the type: the amount of a refund, the tags, an email's recipient."""
