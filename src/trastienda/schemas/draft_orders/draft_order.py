"""Draft orders, as staff write and read them, and as their buyers see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.cart import ShippingOptionView
from trastienda.schemas.catalogue.sku import Sku
from trastienda.schemas.pricing.pricing import Totals
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.line import LineView
from trastienda.schemas.shared.money import Amount, Currency, Quantity, Sum
from trastienda.schemas.shared.problem import CartProblem

MOST_COUPONS = 10
Why = Annotated[
    str, Meta(min_length=1, max_length=500, pattern=r"\S", examples=["Agreed by phone"])
]
Note = Annotated[str, Meta(max_length=4_000, examples=["Ana García, by phone"])]
Code = Annotated[str, Meta(min_length=1, max_length=64, examples=["SUMMER"])]
Codes = Annotated[list[Code], Meta(max_length=MOST_COUPONS)]
Until = Annotated[datetime, Meta(tz=True, examples=["2026-12-08T10:15:00Z"])]


class DraftLine(Struct, forbid_unknown_fields=True, kw_only=True):
    sku: Sku
    quantity: Quantity
    unit_price: Amount | None = None
    """What a unit costs instead of its price; with tax, if the shop's prices are."""
    reason: Why | None = None
    """Why: with a `unit_price` only."""


class StoredLine(Struct, kw_only=True):
    """A line as it is kept."""

    id: UUID
    variant_id: UUID
    sku: str
    quantity: int
    unit_price: int | None = None
    reason: str | None = None
    by: Actor | None = None
    """Who set the price."""


Lines = Annotated[list[DraftLine], Meta(min_length=1, max_length=MOST_LINES)]


class DraftOrderDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    email: Email
    lines: Lines
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
    expires_at: Until | None = None
    """Its buyer can order it until then."""


class DraftOrderPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    email: Email | UnsetType = UNSET
    lines: Lines | UnsetType = UNSET
    """All of them."""
    customer_id: UUID | UnsetType | None = UNSET
    shipping_address: Address | UnsetType | None = UNSET
    billing_address: Address | UnsetType | None = UNSET
    shipping_option: UUID | UnsetType | None = UNSET
    shipping_price: Amount | UnsetType | None = UNSET
    coupons: Codes | UnsetType = UNSET
    note: Note | UnsetType | None = UNSET
    expires_at: Until | UnsetType | None = UNSET


class DraftLineView(LineView, kw_only=True):
    price_reason: str | UnsetType = UNSET
    """Why staff set its price; left out where they did not, and for the buyer."""
    price_by: Actor | UnsetType = UNSET


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
    expires_at: datetime | None
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
