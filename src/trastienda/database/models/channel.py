from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Channel(Identified, Model):
    """A storefront: where it is reached, what it charges in, where it ships to."""

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint("tax_rate BETWEEN 0 AND 100", name="tax_rate"),
        CheckConstraint("default_currency = ANY (currencies)", name="default_currency"),
        CheckConstraint("version > 0", name="version"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    default_currency: Mapped[str]
    currencies: Mapped[list[str]] = mapped_column(ARRAY(Text))
    locale: Mapped[str]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(7, 4))
    """Per cent, flat, included in every price."""
    hosts: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """Other web origins whose pages may call us from a browser."""
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; empty means everywhere."""
    version: Mapped[int] = mapped_column(default=1)
