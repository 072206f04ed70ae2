from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class CustomerGroup(Identified, Model):
    """Customers who get the same conditions, such as members or resellers."""

    __tablename__ = "customer_groups"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class CustomerGroupMember(Model):
    __tablename__ = "customer_group_members"
    __table_args__ = (Index(None, "user_id"),)
    customer_group_id: Mapped[UUID] = mapped_column(
        ForeignKey("customer_groups.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
