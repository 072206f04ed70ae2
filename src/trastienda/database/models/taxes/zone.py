"""Zones for taxes and shipping: countries, regions and postal codes."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trastienda.database.base import Identified, Model, Numbered, SortKey


class Zone(Identified, Model):
    """A named set of areas. It contains the addresses in any of them."""

    __tablename__ = "zones"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    name: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    areas: Mapped[list["ZoneArea"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ZoneArea.id",
        default_factory=list,
    )


class ZoneArea(Numbered, Model):
    """A country, a region of it, or a range of its postal codes; the most specific area applies."""

    __tablename__ = "zone_areas"
    __table_args__ = (
        CheckConstraint("postal_from <= postal_to", name="postal_order"),
        CheckConstraint(
            "(postal_code IS NULL) = (postal_from IS NULL)"
            " AND (postal_from IS NULL) = (postal_to IS NULL)",
            name="postal_whole",
        ),
        CheckConstraint("(region IS NULL) = (region_key IS NULL)", name="region_whole"),
        Index(None, "zone_id"),
        Index(None, "country", "region_key", "postal_from"),
    )
    zone_id: Mapped[UUID] = mapped_column(ForeignKey("zones.id", ondelete="CASCADE"), init=False)
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1 alpha-2."""
    region: Mapped[str | None] = mapped_column(default=None)
    """As entered by staff."""
    region_key: Mapped[str | None] = mapped_column(default=None)
    """The region without case and accents, for comparison with addresses."""
    postal_code: Mapped[str | None] = mapped_column(default=None)
    """As entered by staff: `28013`, `28*`, `28001-28080`."""
    postal_from: Mapped[str | None] = mapped_column(SortKey, default=None)
    postal_to: Mapped[str | None] = mapped_column(SortKey, default=None)
    """The range of codes, both ends included, in capitals and without spaces."""
