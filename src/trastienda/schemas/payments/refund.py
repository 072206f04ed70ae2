"""Refunds, as staff ask for them and read them. Amounts include tax, in minor units."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.payments.refund import (
    RefundDestination,
    RefundReason,
    TransferState,
)
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.payments.dispute import DisputeView
from trastienda.schemas.shared.money import Currency, Quantity, Sum

Note = Annotated[str, Meta(max_length=2_000, examples=["Arrived with a chipped rim"])]
PositiveSum = Annotated[
    int,
    Meta(ge=1, le=2**63 - 1, description="In the currency's minor unit, with tax", examples=[1250]),
]


class RefundLineDraft(Struct, forbid_unknown_fields=True):
    """Units of one line: they are worth what was paid for them."""

    line: UUID
    quantity: Quantity


class RefundDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to pay back; lines, shipping and an amount add up."""

    lines: Annotated[list[RefundLineDraft], Meta(min_length=1, max_length=MOST_LINES)] | None = None
    shipping: PositiveSum | Literal["all"] | None = None
    amount: PositiveSum | None = None
    """Beside lines and shipping: it is spread over all that is left of the order."""
    reason: RefundReason
    note: Note | None = None
    """For staff; the buyer does not see it."""
    restock: bool = False
    """Units that were not sent are taken off the order; those that were come back into stock."""
    to: RefundDestination = RefundDestination.PAYMENT
    """`store_credit`: the customer can spend it at once; the order has to be that of an account."""


class RefundLineView(Struct):
    line: UUID
    quantity: int
    """0 where only money is given back."""
    amount: Sum
    tax: Sum


class RefundShippingView(Struct):
    amount: Sum
    tax: Sum


class RefundTransferView(Struct, kw_only=True):
    """The part of a refund that goes back through one payment."""

    id: UUID
    payment_id: UUID
    provider: str
    amount: Sum
    status: TransferState
    failure: str | UnsetType = UNSET
    """Why the provider refused it, in its own word."""


class RefundView(Struct, kw_only=True):
    id: UUID
    order_id: UUID | None
    """null: money that came when its order could not be placed any more."""
    version: int
    status: Literal["pending", "succeeded", "failed", "withdrawn"]
    currency: Currency
    amount: Sum
    tax: Sum
    reason: RefundReason
    note: str | None
    restock: bool
    to: RefundDestination
    lines: list[RefundLineView]
    shipping: RefundShippingView
    transfers: list[RefundTransferView]
    """In the order in which they are paid: providers, then store credit, then gift cards, of each
    the oldest payment of the order first."""
    created_at: datetime


class Refunds(Struct):
    items: list[RefundView]


class RefundableLine(Struct):
    line: UUID
    quantity: int
    amount: Sum
    tax: Sum


class Refundable(Struct, kw_only=True):
    """What is left to be paid back of an order."""

    order_id: UUID
    currency: Currency
    lines: list[RefundableLine]
    shipping: RefundShippingView
    amount: Sum
    """At most: what was captured, less what is promised back."""


class RefundSnapshot(RefundView, kw_only=True):
    """The refund, as it was when the event happened, and whom to tell of it."""

    number: str | None
    """Of the order."""
    email: str
    locale: Locale


class OrderPaymentView(Struct, kw_only=True):
    """One payment of an order, as staff see it."""

    id: UUID
    provider: str
    status: str
    currency: Currency
    amount: Sum
    captured: Sum
    refunded: Sum
    """What was given back, or is on its way."""
    reference: str | None
    """The provider's own id."""
    failure: str | None
    """Why it was declined, in the provider's own word."""
    created_at: datetime
    disputes: list[DisputeView] = []
    """What the buyer's bank demanded back, the oldest first."""


class OrderPayments(Struct):
    items: list[OrderPaymentView]
