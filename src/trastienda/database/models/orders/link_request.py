from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class OrderLinkRequest(Identified, Model):
    """A wish for a new link to an order, which may not exist; it goes once it is looked at."""

    __tablename__ = "order_link_requests"
    number: Mapped[int]
    email_key: Mapped[str] = mapped_column()
    """As `services.users.normalised` makes it."""
    requested_at: Mapped[datetime]
