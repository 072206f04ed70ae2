from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Location(Identified, Model):
    """A place that keeps stock. Orders draw from the lowest position first."""

    __tablename__ = "locations"
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
