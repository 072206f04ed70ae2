from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model
from trastienda.errors import Conflict


class SetAsideCart(Model):
    """A cart that was merged into another one of its customer, who can have it back for a day.

    It stands here and not among the carts, so that nothing which carts are read for finds it.
    """

    __tablename__ = "set_aside_carts"
    __table_args__ = (Index(None, "customer_id"), Index(None, "set_aside_at"))
    id: Mapped[str] = mapped_column(primary_key=True)
    """The id that the cart had, and will have again."""
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    merged_into: Mapped[str]
    """The id of the other cart, which may have become an order or expired since."""
    set_aside_at: Mapped[datetime]
    cart: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The row of the cart, with the names of its columns."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    coupons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class CartMerged(Conflict):
    """This cart was merged into another cart of its customer."""
