"""Returns: what customers and staff say of them, and what each of them reads."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.returns.order_return import Disposition, ReturnState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.cart import LineDraft
from trastienda.schemas.orders.fulfilment import LabelReference
from trastienda.schemas.returns.reason import ChargesFees, NeedsNote, ReasonCode
from trastienda.schemas.shared.money import Amount, Currency, Quantity, Sum
from trastienda.schemas.shared.percent import Percent
from trastienda.schemas.stock.location import LocationCode

_Text = Meta(min_length=1, max_length=2_000, pattern=r"\S")
CustomersNote = Annotated[
    str,
    _Text,
    Meta(description="What the customer says beside the reason.", examples=["Size M is too wide."]),
]
Instructions = Annotated[
    str,
    _Text,
    Meta(
        description="How to send it back; the customer reads it.",
        examples=["Bring the parcel to any post office within 30 days."],
    ),
]
Refusal = Annotated[
    str,
    _Text,
    Meta(
        description="Why not; the customer reads it.",
        examples=["Earrings cannot be returned once their seal is open."],
    ),
]


class ReturnedLine(Struct, forbid_unknown_fields=True):
    """Units of one line that are to come back."""

    line_id: UUID
    quantity: Quantity


_Lines = Annotated[list[ReturnedLine], Meta(min_length=1, max_length=MOST_LINES)]
Exchange = Annotated[
    list[LineDraft],
    Meta(
        max_length=MOST_LINES,
        description="What is wanted instead; nothing: the money.",
        examples=[[{"sku": "MUG-WHITE", "quantity": 1}]],
    ),
]


class ReturnDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a customer wants to return; goods for another reason are another return."""

    lines: _Lines
    reason: ReasonCode
    note: CustomersNote | None = None
    exchange: Exchange = []


Reserves = Annotated[
    bool,
    Meta(
        description="Whether stock of what is wanted instead is reserved until the return ends.",
    ),
]


class StaffReturnDraft(ReturnDraft, forbid_unknown_fields=True, kw_only=True):
    """A return that staff make for a customer: it is approved at once."""

    instructions: Instructions | None = None
    label_reference: LabelReference | None = None
    reserve: Reserves = True


class ReturnApproval(Struct, forbid_unknown_fields=True, kw_only=True):
    instructions: Instructions | None = None
    label_reference: LabelReference | None = None
    exchange: Exchange | None = None
    """In place of what the customer wants instead."""
    reserve: Reserves = True


class EarlyExchange(Struct, forbid_unknown_fields=True, kw_only=True):
    """An order of what is wanted instead, before the goods have arrived."""

    exchange: Annotated[list[LineDraft], Meta(min_length=1, max_length=MOST_LINES)] | None = None
    """In place of what the customer wants instead."""
    shipping_option: UUID | None = None
    """How it is sent; otherwise as the old order was."""


class ReturnRefusal(Struct, forbid_unknown_fields=True):
    reason: Refusal


class ReceivedLine(Struct, forbid_unknown_fields=True, kw_only=True):
    """Units of one line that arrived, and what becomes of them."""

    line_id: UUID
    quantity: Quantity
    disposition: Disposition = Disposition.RESTOCK
    location: LocationCode | None = None
    """Where they are; otherwise the first location that keeps the variant."""


class ReturnReceiptDraft(Struct, forbid_unknown_fields=True):
    lines: Annotated[list[ReceivedLine], Meta(min_length=1, max_length=MOST_LINES)]


class ReturnClosing(Struct, forbid_unknown_fields=True, kw_only=True):
    """How a return is settled; what is left out follows the policy."""

    refund: bool = True
    """Whether anything is paid back."""
    return_fee: Amount | None = None
    restocking_percent: Percent | None = None
    shipping: Literal["all", "none"] | None = None
    """The outward shipping: all that is left of it, or nothing."""
    exchange: Exchange | None = None
    """In place of what the customer wants instead; an empty list: pay the money back."""
    shipping_option: UUID | None = None
    """How the new order is sent; otherwise as the old one was."""


class ReturnReasonName(Struct):
    code: ReasonCode
    name: Annotated[str, Meta(examples=["It does not fit"])]


class ReturnLineView(Struct, kw_only=True):
    line_id: UUID
    sku: str
    name: str
    quantity: int
    restocked_quantity: int
    """Units that arrived and can be sold again."""
    written_off_quantity: int
    """Units that arrived and cannot."""


class ExchangeOrder(Struct):
    """The order of an exchange: the goods paid `captured` of its `total`."""

    id: UUID
    number: str
    total: Sum
    captured: Sum


class ReturnView(Struct, kw_only=True):
    """A return, as its customer sees it."""

    id: UUID
    number: str
    """The order's number, and that of the return within it: for the parcel that comes back."""
    order_id: UUID
    version: int
    status: ReturnState
    reason: ReturnReasonName
    note: str | None
    by_staff: bool
    """Whether staff made it, for the customer."""
    lines: list[ReturnLineView]
    asked_at: datetime
    decided_at: datetime | None
    refusal: str | None
    instructions: str | None
    label_reference: str | None
    expires_at: datetime | None
    """When it ends if nothing has arrived."""
    received_at: datetime | None
    ended_at: datetime | None
    """When it was closed or withdrawn, or expired."""
    currency: Currency
    refunded: Sum | None
    """What was paid back when it was closed."""
    deduction: Sum | None
    """What of the goods' worth was not."""
    exchange: Exchange
    exchange_order: ExchangeOrder | None
    """The order that the goods are exchanged for: made when it was closed, or before."""


class ReturnReceiptView(Struct, kw_only=True):
    line_id: UUID
    quantity: int
    disposition: Disposition
    location: str
    received_at: datetime


class StaffReturnView(ReturnView, kw_only=True):
    """A return, as staff see it."""

    order_number: str
    email: str
    charges_fees: ChargesFees
    receipts: list[ReturnReceiptView]
    """What arrived when, the oldest first."""
    refund_id: UUID | None


class ReturnSnapshot(StaffReturnView, kw_only=True):
    """The return, as it was when the event happened, and whom to tell of it."""

    locale: Locale


class Returns(Struct):
    items: list[ReturnView]


class StaffReturnPage(Struct):
    items: list[StaffReturnView]
    next_cursor: str | None


class ReturnsWanted(Struct, frozen=True, kw_only=True):
    """Which returns, from where on."""

    limit: int = 24
    cursor: str | None = None
    status: ReturnState | None = None
    reason: str | None = None
    order_number: int | None = None


class ReturnableLine(Struct):
    line_id: UUID
    quantity: int


class ReturnReasonChoice(Struct):
    code: ReasonCode
    name: Annotated[str, Meta(examples=["It does not fit"])]
    needs_note: NeedsNote
    charges_fees: ChargesFees


class Returnable(Struct, kw_only=True):
    """What of an order can be returned, until when, and what that costs."""

    order_id: UUID
    until: datetime | None
    """Until then its customer may ask; null: over the API never, or nothing was sent yet."""
    lines: list[ReturnableLine]
    """Units that were sent and are in no return. Nothing once the time has ended."""
    reasons: list[ReturnReasonChoice]
    currency: Currency
    return_fee: Sum
    """Kept of what is paid back, for reasons that charge fees."""
    restocking_percent: Percent


class Settlement(Struct, kw_only=True):
    """What closing a return pays back, as things stand."""

    return_id: UUID
    currency: Currency
    goods: Sum
    """What the goods that arrived are worth."""
    shipping: Sum
    """Of the outward shipping."""
    deduction: Sum
    """What the merchant keeps, of the goods."""
    refund: Sum
    """What is paid back: never more than was captured."""
