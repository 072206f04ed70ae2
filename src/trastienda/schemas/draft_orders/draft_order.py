"""Draft orders, as staff write and read them, and as their buyers see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.cart import ShippingOptionView
from trastienda.schemas.draft_orders.line import (
    CustomDraftLine,
    DraftLine,
    DraftLineView,
    GrantedDiscount,
    StaffDiscount,
)
from trastienda.schemas.pricing.pricing import Totals
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Amount, Currency, Sum
from trastienda.schemas.shared.problem import CartProblem

MOST_COUPONS = 10
Note = Annotated[str, Meta(max_length=4_000, examples=["Ana García, by phone"])]
Code = Annotated[str, Meta(min_length=1, max_length=64, examples=["SUMMER"])]
Codes = Annotated[list[Code], Meta(max_length=MOST_COUPONS)]
Until = Annotated[datetime, Meta(tz=True, examples=["2026-12-08T10:15:00Z"])]


Lines = Annotated[list[DraftLine], Meta(max_length=MOST_LINES)]
CustomLines = Annotated[list[CustomDraftLine], Meta(max_length=MOST_LINES)]
ReserveUntil = Annotated[
    datetime,
    Meta(
        tz=True,
        description="Stock is reserved for it until then; null: none is.",
        examples=["2026-12-03T10:15:00Z"],
    ),
]


class DraftOrderDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    email: Email
    lines: Lines = []
    """What is in the shop."""
    custom_lines: CustomLines = []
    """What is not; there is at least one line of either kind."""
    staff_discount: StaffDiscount | None = None
    """Off all lines together, after promotions and the discounts of lines."""
    customer_id: UUID | None = None
    """The account that it is for: its prices apply, and it sees the order."""
    currency: Currency | None = None
    locale: Locale | None = None
    """The language of its buyer; by default the channel's."""
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    shipping_price: Amount | None = None
    """What shipping costs, instead of the price of the shipping option."""
    coupons: Codes = []
    note: Note | None = None
    """For staff."""
    expires_at: Until | UnsetType | None = UNSET
    """Its buyer can order it until then; left out: as the channel's `draft_order_days` say."""
    reserve_until: ReserveUntil | None = None


class DraftOrderPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    email: Email | UnsetType = UNSET
    lines: Lines | UnsetType = UNSET
    """All of them."""
    custom_lines: CustomLines | UnsetType = UNSET
    """All of them."""
    staff_discount: StaffDiscount | UnsetType | None = UNSET
    customer_id: UUID | UnsetType | None = UNSET
    shipping_address: Address | UnsetType | None = UNSET
    billing_address: Address | UnsetType | None = UNSET
    shipping_option: UUID | UnsetType | None = UNSET
    shipping_price: Amount | UnsetType | None = UNSET
    coupons: Codes | UnsetType = UNSET
    note: Note | UnsetType | None = UNSET
    expires_at: Until | UnsetType | None = UNSET
    """A later time, or null, opens one that has expired again."""
    reserve_until: ReserveUntil | UnsetType | None = UNSET


class DraftOrderView(Struct, kw_only=True):
    """A draft order at the prices of now; `problems` lists why it cannot be an order yet."""

    id: UUID
    version: int
    status: DraftOrderStatus
    email: str
    customer_id: UUID | UnsetType | None = UNSET
    """Left out for the buyer."""
    locale: Locale
    currency: Currency
    lines: list[DraftLineView]
    coupons: list[str]
    shipping_address: Address | None
    billing_address: Address | None
    shipping_option: ShippingOptionView | None
    totals: Totals
    problems: list[CartProblem]
    note: str | UnsetType | None = UNSET
    """Left out for the buyer."""
    staff_discount: GrantedDiscount | UnsetType | None = UNSET
    """Left out for the buyer: it is in the `discount` of the lines."""
    expires_at: datetime | None
    expired_at: datetime | None
    """Set once that time is over: its buyer cannot order it any more."""
    reserve_until: datetime | UnsetType | None = UNSET
    """Stock is reserved for it until then; left out for the buyer."""
    created_at: datetime
    sent_at: datetime | None
    order_id: UUID | None
    """The order that it became."""


class DraftOrderCard(Struct, kw_only=True):
    id: UUID
    status: DraftOrderStatus
    email: str
    currency: Currency
    created_at: datetime
    expires_at: datetime | None
    expired_at: datetime | None
    order_id: UUID | None


class DraftOrderPage(Struct):
    items: list[DraftOrderCard]
    next_cursor: str | None


class DraftOrderLink(Struct, kw_only=True):
    """Where a buyer orders what was put together for them, as the mail says."""

    draft_order_id: UUID
    email: Email
    total: Sum
    currency: Currency
    url: Annotated[
        str,
        Meta(examples=["https://www.shop.example/draft-orders/019ab3f2?access_token=1795…"]),
    ]
    """It opens the draft order for whoever has it."""
    expires_at: datetime


class Completion(Struct, forbid_unknown_fields=True):
    paid: bool = False
    """Note that all of its money has come; otherwise its buyer pays later."""


class Acceptance(Struct, forbid_unknown_fields=True):
    expected_total: Sum | None = None
    """Refuse with 409 when it is another: what the buyer saw is what they order."""
