from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class SecurityCount(Model):
    """The number of security events of a kind since the shop began, over all nodes."""

    __tablename__ = "security_counts"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
