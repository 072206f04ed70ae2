from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.database.models.shared.quantity import MOST_OF_ONE
from trastienda.errors import Conflict, Invalid, NotFound, Stale

MOST_LINES = 200


class CartState(StrEnum):
    OPEN = "open"
    PAYING = "paying"
    """A payment attempt is in progress, during which the cart cannot be changed."""
    ORDERED = "ordered"


class Cart(Model):
    """A cart. Its id is a secret: anybody who knows it may use the cart.

    No index covers the columns that every change touches, so that PostgreSQL need not update any.
    """

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index(None, "customer_id"),
        Index("ix_carts_open", "created_at", postgresql_where=text(f"state = '{CartState.OPEN}'")),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    """192 random bits in URL-safe Base64."""
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    state: Mapped[CartState] = mapped_column(default=CartState.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    email: Mapped[str | None] = mapped_column(default=None)
    """As entered by the buyer."""
    email_key: Mapped[str | None] = mapped_column(default=None)
    """The e-mail address, normalised by `services.accounts.users.normalised`."""
    shipping_address: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    billing_address: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    shipping_option_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("shipping_options.id", ondelete="SET NULL"), default=None
    )
    region_key: Mapped[str | None] = mapped_column(default=None)
    """The region of the shipping address without case and accents, as in zones."""
    vat_number: Mapped[str | None] = mapped_column(default=None)
    """The VAT number of a business, in the form of its country."""
    vat_check: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """The answer of the register of VAT numbers, and its time; None if none was asked."""
    has_gift_cards: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether gift cards were added to it: others are not asked for them."""
    uses_store_credit: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether the customer wants to pay with their store credit."""


class CartLine(Identified, Model):
    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint(f"quantity BETWEEN 1 AND {MOST_OF_ONE}", name="quantity"),
        Index(None, "variant_id"),
    )
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("variants.id", ondelete="CASCADE"))
    quantity: Mapped[int]
    seen_price: Mapped[int | None] = mapped_column(default=None)
    """The unit price, in minor units, when the buyer last changed the line or accepted its price;
    None if nobody noted it."""
    recipient: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    """Who gets the gift cards of this line; None: the buyer."""


class CartNotFound(NotFound):
    """There is no such cart."""


class CartLineNotFound(NotFound):
    """There is no such line in this cart."""


class CartClosed(Conflict):
    """This cart has become an order and cannot change any more."""


class CheckoutInProgress(Conflict):
    """A payment for this cart is under way; please try again in a moment."""


class CartChanged(Stale):
    """The cart has changed since you read it."""


class TotalChanged(Conflict):
    """The total is not the one you expected."""


class CartFull(Invalid):
    """A cart holds at most 200 lines."""


class QuantityTooLarge(Invalid):
    """A line holds at most 9,999 units."""


class NoGiftCard(Conflict):
    """Only gift cards have a recipient."""


class SkuUnknown(Invalid):
    """There is no such SKU for sale in this currency."""
