from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.orders.order import (
    CancelReason,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from trastienda.schemas.carts.cart import ShippingOptionView
from trastienda.schemas.credit.amounts import OrderCredit, Tender
from trastienda.schemas.orders.fulfilment import OrderFulfilment
from trastienda.schemas.orders.returned import ExchangeFor, OrderReturnView
from trastienda.schemas.outside.outside import VatCheck
from trastienda.schemas.pricing.pricing import PricingBasis, TaxedShipping, Totals
from trastienda.schemas.promotions.of_carts import PromotionUsed
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.line import CustomGoods, LineView
from trastienda.schemas.shared.money import Currency, Sum


class PaymentChoice(Struct, forbid_unknown_fields=True):
    """Which provider takes the money; `token` is what its widget gave the buyer's browser.

    Without a token, `stripe`, `mercadopago` and `paypal` send the buyer to a page of their own.
    """

    provider: Annotated[str, Meta(min_length=1, max_length=32, examples=["manual"])]
    token: Annotated[str, Meta(min_length=1, max_length=512)] | None = None
    return_url: (
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=2_000,
                description="Where the buyer comes back to after a second step, such as 3-D Secure,"
                " or from a page of the provider: a page of the shop, or of one of the channel's"
                " `origins`. It is given `cancelled=1` for a buyer who does not want to pay.",
                examples=["https://www.shop.example/paid"],
            ),
        ]
        | None
    ) = None


class Checkout(Struct, forbid_unknown_fields=True):
    payment: PaymentChoice | None = None
    """Can be left out if gift cards and store credit pay all of it."""
    expected_total: Sum | None = None
    """Refuse with 409 when the total is another: what the buyer saw is what they pay."""
    expected_amount_due: Sum | None = None
    """Refuse with 409 when gift cards and store credit leave another amount to pay."""


class OrderLineView(LineView, kw_only=True):
    """A line as it was sold. Without `variant_id`, what was sold is not in the shop (any more)."""

    tax_rate: str
    fulfilled_quantity: int = 0
    removed_quantity: int = 0
    """Units that were refunded before they were sent, and will not be."""
    returned_quantity: int = 0
    """Units that were sent and came back."""
    custom: CustomGoods | UnsetType | None = UNSET
    """Left out unless staff put in what was not in the shop."""


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
    shipping_option: ShippingOptionView | None
    """null: it is of gift cards alone, and nothing is shipped."""
    payment_provider: str
    placed_at: datetime
    captured: Sum = 0
    """What was taken for it."""
    refunded: Sum = 0
    """What was given back, or is on its way."""
    outstanding: Sum = 0
    """What was not taken of its total yet, held money included; 0 once it is cancelled."""
    payment_due_at: datetime | UnsetType | None = UNSET
    """When it is cancelled unless it is paid; left out when it is not."""
    cancel_reason: CancelReason | UnsetType | None = UNSET
    """Left out unless it is cancelled."""
    coupons: list[str] = []
    """The codes that were in the cart."""
    credits: list[OrderCredit] = []
    """What gift cards and store credit paid of it."""
    fulfilments: list[OrderFulfilment] = []
    """Its parcels, in the order of their numbers."""
    returns: list[OrderReturnView] = []
    """What is to come back, or did, in the order of their numbers."""
    exchange_for: ExchangeFor | UnsetType | None = UNSET
    """Left out unless it replaces goods that were returned."""
    tags: list[str] | UnsetType = UNSET
    """What staff sort orders by; left out for buyers."""
    vat_number: str | UnsetType | None = UNSET
    """Left out when there is none."""
    vat_check: VatCheck | UnsetType | None = UNSET
    """Left out when there is no number, or no register was connected."""
    access_token: str | UnsetType = UNSET
    """Opens this order without an account; only checkout answers carry it."""


class PaymentDue(Struct, forbid_unknown_fields=True):
    payment_due_at: (
        Annotated[
            datetime,
            Meta(
                tz=True,
                description="When the order is cancelled unless it is paid; null: never.",
                examples=["2026-12-08T10:15:00Z"],
            ),
        ]
        | None
    )


class OrderLinkDraft(Struct, forbid_unknown_fields=True):
    """Which order, and the address that it was placed with."""

    number: Annotated[str, Meta(pattern=r"\A[0-9]{1,15}\Z", examples=["100001"])]
    email: Email


class OrderLinkView(Struct):
    email: str


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
    shipping_option: ShippingOptionView | None
    payment_provider: str
    lines: list[OrderLineView]
    totals: Totals
    shipping_tax_added: int = 0
    has_due_date: bool = True
    """Whether it is cancelled if it is not paid in time, where the channel says so."""
    pricing: PricingBasis | None = None
    vat_number: str | None = None
    vat_check: VatCheck | None = None
    coupons: list[str] = []
    used: list[PromotionUsed] = []
    product_ids: list[UUID | None]
    tax_country: str | None = None
    taxed_shipping: list[TaxedShipping] = []
    tenders: list[Tender] = []
    """What gift cards and store credit pay, in the order in which they do."""

    @property
    def credited(self) -> int:
        """What gift cards and store credit pay, in minor units."""
        return sum(tender.amount for tender in self.tenders)

    @property
    def amount_due(self) -> int:
        """What is left for a payment provider, in minor units."""
        return self.totals.total - self.credited


class OrderPayment(Struct, frozen=True, kw_only=True):
    """What pays an order when it is placed."""

    payment_id: UUID
    provider: str
    status: PaymentStatus
    captured: int
    """What was taken, in minor units; 0 while it is only authorised."""


class Placed(Struct):
    """The order of a cart, and whether it was there before."""

    order: OrderView
    again: bool = False
