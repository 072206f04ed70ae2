"""The addresses that customers keep for their next order."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model

MOST_ADDRESSES = 50
"""Of one account."""


class UserAddress(Identified, Model):
    """One address; at most one of an account is its default for shipping, and one for billing."""

    __tablename__ = "user_addresses"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index(None, "user_id", "id"),
        Index(
            "uq_user_addresses_default_shipping",
            "user_id",
            unique=True,
            postgresql_where=text("default_shipping"),
        ),
        Index(
            "uq_user_addresses_default_billing",
            "user_id",
            unique=True,
            postgresql_where=text("default_billing"),
        ),
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    address: Mapped[dict[str, Any]]
    default_shipping: Mapped[bool] = mapped_column(default=False)
    default_billing: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
