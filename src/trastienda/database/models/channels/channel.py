from decimal import Decimal
from enum import StrEnum
from typing import Any

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
    """The source of tax rates."""

    FLAT = "flat"
    """One rate for everything, everywhere."""
    ZONES = "zones"
    """The shop's own zones and rates."""
    SERVICE = "service"
    """An external service."""


class TaxOutside(StrEnum):
    """What is charged where no zone applies."""

    FLAT = "flat"
    """The flat rate, as in the home country: charging too much is better than silently charging
    none."""
    EXPORT = "export"
    """No tax: the goods are exported."""


class CrossBorder(StrEnum):
    """What stays the same when another country's rate applies to a price that includes tax."""

    SAME_GROSS = "same_gross"
    SAME_NET = "same_net"


class ShippingTax(StrEnum):
    """How shipping is taxed."""

    CLASS = "class"
    """By a tax class of its own."""
    SHARED = "shared"
    """Spread over the lines, at their rates."""


class CaptureMode(StrEnum):
    """When the money of a payment is taken."""

    PAYMENT = "payment"
    """With the payment itself."""
    FULFILMENT = "fulfilment"
    """When the first of the order is sent; until then it is only authorised."""
    MANUAL = "manual"
    """When staff say so; until then it is only authorised."""


class InvoiceMoment(StrEnum):
    """When an order gets its invoice."""

    PLACED = "placed"
    PAID = "paid"
    FULFILLED = "fulfilled"
    """As soon as all of it has been sent."""
    MANUAL = "manual"
    """When staff ask for it."""


class CartMerge(StrEnum):
    """What becomes of a visitor's cart and their customer's at login."""

    SUM = "sum"
    """The customer's cart gets what is in the other one."""
    KEEP_NEWEST = "keep_newest"
    """The cart that was changed last stays as it is."""
    ASK = "ask"
    """Both stay until the customer has chosen."""


class Channel(Identified, Model):
    """A storefront: its hosts, currencies, languages, countries and settings."""

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint("tax_rate BETWEEN 0 AND 100", name="tax_rate"),
        CheckConstraint("default_currency = ANY (currencies)", name="default_currency"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("reminder_after BETWEEN 1 AND 720", name="reminder_after"),
        CheckConstraint("payment_days BETWEEN 1 AND 365", name="payment_days"),
        CheckConstraint("draft_order_days BETWEEN 1 AND 365", name="draft_order_days"),
        CheckConstraint("cart_days BETWEEN 1 AND 365", name="cart_days"),
        CheckConstraint("payment_hold_minutes BETWEEN 1 AND 1440", name="payment_hold_minutes"),
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
    """The home country of the shop, by whose taxes carts without an address are priced."""
    tax_outside: Mapped[TaxOutside] = mapped_column(default=TaxOutside.FLAT)
    cross_border: Mapped[CrossBorder] = mapped_column(default=CrossBorder.SAME_GROSS)
    shipping_tax: Mapped[ShippingTax] = mapped_column(default=ShippingTax.CLASS)
    shipping_tax_class: Mapped[str] = mapped_column(
        ForeignKey("tax_classes.code"), default="standard"
    )
    exempts_businesses: Mapped[bool] = mapped_column(default=False)
    """Whether buyers with a VAT number of another EU country pay no tax here."""
    time_zone: Mapped[str] = mapped_column(default="UTC")
    """An IANA name; days and hours of promotions are in this zone."""
    reminder_after: Mapped[int | None] = mapped_column(default=24)
    """Hours after a cart's last change; None sends no reminders."""
    payment_days: Mapped[int | None] = mapped_column(default=7)
    """Days after which an unpaid order is cancelled; None cancels none."""
    draft_order_days: Mapped[int | None] = mapped_column(default=None)
    """Days after which a draft order expires; None: none does unless staff say so."""
    cart_days: Mapped[int] = mapped_column(default=30, server_default="30")
    """Days after its last change until an open cart is deleted."""
    cart_merge: Mapped[CartMerge] = mapped_column(
        default=CartMerge.SUM, server_default=CartMerge.SUM.value
    )
    capture: Mapped[CaptureMode] = mapped_column(
        default=CaptureMode.PAYMENT, server_default=CaptureMode.PAYMENT.value
    )
    payment_hold_minutes: Mapped[int] = mapped_column(default=15, server_default="15")
    """How long stock is held for a buyer whose payment needs a second step."""
    gift_card_months: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, server_default="{}"
    )
    """After how many months gift cards expire, by country; elsewhere they never do."""
    invoice_moment: Mapped[InvoiceMoment] = mapped_column(
        default=InvoiceMoment.MANUAL, server_default=InvoiceMoment.MANUAL.value
    )
    """Set with the other settings of invoices; here, so that an order need not ask for it."""
    hosts: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """Other web origins whose pages may call the API from a browser."""
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2; empty means everywhere."""
    notify_email: Mapped[str | None] = mapped_column(default=None)
    """The address that is told of new orders."""
    version: Mapped[int] = mapped_column(default=1)
