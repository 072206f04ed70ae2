"""Tax classes, tax rates, and the cached answers of outside services."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Invalid

STANDARD = "standard"
"""The default tax class; its rates also apply to classes without rates in a zone."""


class TaxClass(Identified, Model):
    """A kind of goods that the law taxes alike: standard, reduced, books."""

    __tablename__ = "tax_classes"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class TaxRate(Identified, Model):
    """A tax of one jurisdiction; all that are in force for a zone and class are combined."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("version > 0", name="version"),
        Index(None, "zone_id", "tax_class"),
    )
    zone_id: Mapped[UUID] = mapped_column(ForeignKey("zones.id"))
    tax_class: Mapped[str] = mapped_column(ForeignKey("tax_classes.code"))
    name: Mapped[str]
    """`IVA`, `State of New York`."""
    percent: Mapped[Decimal] = mapped_column(Numeric(7, 4))
    compound: Mapped[bool] = mapped_column(default=False)
    """Whether it is also levied on the taxes before it."""
    position: Mapped[int] = mapped_column(default=0)
    """The order in which compound taxes build on each other."""
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    """The first moment at which it is no longer in force."""
    version: Mapped[int] = mapped_column(default=1)


class OutsideQuote(Model):
    """The last good answer of an outside service: a tax service's rates, a courier's price."""

    __tablename__ = "outside_quotes"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key_length"),
        CheckConstraint("fresh_until <= expires_at", name="fresh_before_expiry"),
        Index(None, "expires_at"),
    )
    service: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """The SHA-256 of the question."""
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    quoted_at: Mapped[datetime]
    fresh_until: Mapped[datetime]
    """The service is not asked again before this time."""
    expires_at: Mapped[datetime]
    """The answer is not used from this time on, even if the service fails."""


class TaxClassUnknown(Invalid):
    """There is no such tax class."""
