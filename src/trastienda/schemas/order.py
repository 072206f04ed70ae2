from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.schemas.address import Address
from trastienda.schemas.cart import ShippingOptionView
from trastienda.schemas.cart_promotions import PromotionUsed
from trastienda.schemas.line import LineView
from trastienda.schemas.money import Currency, Sum
from trastienda.schemas.pricing import PricingBasis, Totals


class PaymentChoice(Struct, forbid_unknown_fields=True):
    """Which provider takes the money; `token` is what its widget gave the buyer's browser."""

    provider: Annotated[str, Meta(min_length=1, max_length=32, examples=["manual"])]
    token: Annotated[str, Meta(min_length=1, max_length=512)] | None = None


class Checkout(Struct, forbid_unknown_fields=True):
    payment: PaymentChoice
    expected_total: Sum | None = None
    """Refuse with 409 when the total is another: what the buyer saw is what they pay."""


class OrderLineView(LineView, kw_only=True):
    """A line as it was sold. Without `variant_id`, what was sold is not in the shop any more."""

    tax_rate: str
    fulfilled_quantity: int = 0


class OrderView(Struct):
    """A snapshot: changing a product never changes an order."""

    id: UUID
    number: str
    version: int
    status: OrderStatus
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: Currency
    email: str
    lines: list[OrderLineView]
    totals: Totals
    shipping_address: Address
    billing_address: Address
    shipping_option: ShippingOptionView
    payment_provider: str
    placed_at: datetime
    coupons: list[str] = []
    """The codes that were in the cart."""
    vat_number: str | UnsetType | None = UNSET
    """Left out when there is none."""
    access_token: str | UnsetType = UNSET
    """Opens this order without an account; only checkout answers carry it."""


class OrderCard(Struct):
    id: UUID
    number: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: Currency
    email: str
    total: Sum
    placed_at: datetime


class OrderPage(Struct):
    items: list[OrderCard]
    next_cursor: str | None


class OrdersWanted(Struct, frozen=True, kw_only=True):
    """Which orders, from where on."""

    limit: int = 24
    cursor: str | None = None
    customer_id: UUID | None = None
    number: int | None = None
    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfilment_status: FulfilmentStatus | None = None
    email: str | None = None


class OrderDraft(Struct, kw_only=True):
    """An order as it will be written: frozen when the buyer pays, whatever happens to the cart."""

    id: UUID
    cart_id: str
    channel_id: UUID
    customer_id: UUID | None
    currency: str
    locale: str
    email: str
    shipping_address: Address
    billing_address: Address
    shipping_option: ShippingOptionView
    payment_provider: str
    lines: list[OrderLineView]
    totals: Totals
    shipping_tax_added: int = 0
    pricing: PricingBasis | None = None
    vat_number: str | None = None
    coupons: list[str] = []
    used: list[PromotionUsed] = []
    product_ids: list[UUID]


class Placed(Struct):
    """The order of a cart, and whether it was there before."""

    order: OrderView
    again: bool = False
