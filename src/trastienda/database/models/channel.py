from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Rounding(StrEnum):
    """Where tax is rounded, half up."""

    LINE = "line"
    UNIT = "unit"
    DOCUMENT = "document"


class TaxSource(StrEnum):
    """Who says how much tax there is."""

    FLAT = "flat"
    """One rate for everything, everywhere."""
    ZONES = "zones"
    """The shop's own zones and rates."""
    SERVICE = "service"
    """A service outside."""


class TaxOutside(StrEnum):
    """What is charged where no zone is."""

    FLAT = "flat"
    """The flat rate, as at home: too much rather than silently nothing."""
    EXPORT = "export"
    """Nothing: the goods leave the country."""


class CrossBorder(StrEnum):
    """What stays the same when another country's rate is in a price that includes tax."""

    SAME_GROSS = "same_gross"
    SAME_NET = "same_net"


class ShippingTax(StrEnum):
    """How shipping is taxed."""

    CLASS = "class"
    """By a tax class of its own."""
    SHARED = "shared"
    """Shared out over the lines, at their rates."""


class Channel(Identified, Model):
    """A storefront: where it is reached, what it charges in, where it ships to."""

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint("tax_rate BETWEEN 0 AND 100", name="tax_rate"),
        CheckConstraint("default_currency = ANY (currencies)", name="default_currency"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("reminder_after BETWEEN 1 AND 720", name="reminder_after"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    default_currency: Mapped[str]
    currencies: Mapped[list[str]] = mapped_column(ARRAY(Text))
    locale: Mapped[str]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(7, 4))
    """Per cent: the flat rate."""
    tax_source: Mapped[TaxSource] = mapped_column(default=TaxSource.FLAT)
    prices_include_tax: Mapped[bool] = mapped_column(default=True)
    rounding: Mapped[Rounding] = mapped_column(default=Rounding.LINE)
    tax_country: Mapped[str | None] = mapped_column(String(2), default=None)
    """Where the shop is at home: carts without an address are taxed as there."""
    tax_outside: Mapped[TaxOutside] = mapped_column(default=TaxOutside.FLAT)
    cross_border: Mapped[CrossBorder] = mapped_column(default=CrossBorder.SAME_GROSS)
    shipping_tax: Mapped[ShippingTax] = mapped_column(default=ShippingTax.CLASS)
    shipping_tax_class: Mapped[str] = mapped_column(
        ForeignKey("tax_classes.code"), default="standard"
    )
    exempts_businesses: Mapped[bool] = mapped_column(default=False)
    """Whether a buyer with a VAT number of another country of the EU pays no tax here."""
    time_zone: Mapped[str] = mapped_column(default="UTC")
    """IANA: what days and hours of promotions mean."""
    reminder_after: Mapped[int | None] = mapped_column(default=24)
    """Hours after the last change of a cart; None reminds nobody."""
    hosts: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """Other web origins whose pages may call us from a browser."""
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; empty means everywhere."""
    notify_email: Mapped[str | None] = mapped_column(default=None)
    """Whom to tell of new orders."""
    version: Mapped[int] = mapped_column(default=1)
