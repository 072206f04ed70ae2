from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Location(Identified, Model):
    """A place with stock. Orders take stock from the location with the lowest position first."""

    __tablename__ = "locations"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
