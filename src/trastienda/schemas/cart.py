from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.cart import MOST_LINES, MOST_OF_ONE, CartState
from trastienda.database.models.channel import Rounding
from trastienda.schemas.address import Address
from trastienda.schemas.cart_promotions import OffersRow
from trastienda.schemas.cart_shipping import ShippingRow
from trastienda.schemas.cart_taxes import TaxRow
from trastienda.schemas.email import Email
from trastienda.schemas.line import LineView
from trastienda.schemas.money import Currency, Quantity, Sum
from trastienda.schemas.price_source import PriceSource
from trastienda.schemas.pricing import Totals
from trastienda.schemas.problem import CartProblem

Sku = Annotated[str, Meta(min_length=1, max_length=64, examples=["MUG-BLUE"])]

VatNumber = Annotated[str, Meta(min_length=4, max_length=32, examples=["ESB58378431"])]


class LineDraft(Struct, forbid_unknown_fields=True):
    sku: Sku
    quantity: Quantity


class CartDraft(Struct, forbid_unknown_fields=True):
    currency: Currency | None = None
    lines: Annotated[list[LineDraft], Meta(max_length=MOST_LINES)] = []


class LinePatch(Struct, forbid_unknown_fields=True):
    quantity: Annotated[int, Meta(ge=0, le=MOST_OF_ONE, description="0 removes", examples=[1])]


class Contact(Struct, forbid_unknown_fields=True):
    """Who buys, and where the goods go. Without a billing address it is the same."""

    email: Email
    shipping_address: Address
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    vat_number: VatNumber | None = None
    """Of a business in the EU."""


class ShippingChoice(Struct, forbid_unknown_fields=True):
    id: UUID


class CouponChoice(Struct, forbid_unknown_fields=True):
    code: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=64,
            description="Capitals and blanks make no difference.",
            examples=["SUMMER"],
        ),
    ]


class ShippingOptionView(Struct):
    id: UUID
    name: str
    price: Sum
    min_days: int | UnsetType = UNSET
    max_days: int | UnsetType = UNSET
    """Working days until it arrives."""
    pickup_address: Address | UnsetType = UNSET
    """Where to fetch it; without one it is brought."""


class ShippingOptionsView(Struct):
    currency: Currency
    items: list[ShippingOptionView]


class CartView(Struct):
    """The whole cart; `problems` say why it cannot be ordered yet."""

    id: str
    version: int
    currency: Currency
    email: str | None
    lines: list[LineView]
    coupons: list[str]
    shipping_address: Address | None
    billing_address: Address | None
    shipping_option: ShippingOptionView | None
    totals: Totals
    problems: list[CartProblem]
    vat_number: VatNumber | UnsetType = UNSET


class CartLineRow(Struct):
    """A line as it is read: the price is None when it is not for sale any more.

    It is an amount when nothing but the variant's own price decides.
    """

    id: UUID
    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    slug: str
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    price: int | PriceSource | None
    available: int
    tax_class: str
    weight_grams: int | None
    longest_mm: int | None
    category_ids: list[UUID]
    """Those of its product with all they stand in; empty when nothing asks for them."""

    @property
    def unit_price(self) -> int | None:
        return self.price.amount if isinstance(self.price, PriceSource) else self.price


class CartRow(Struct):
    """A cart with all that its view, its price and its problems depend on."""

    id: str
    channel_id: UUID
    customer_id: UUID | None
    state: CartState
    version: int
    currency: str
    email: str | None
    shipping_address: Address | None
    billing_address: Address | None
    vat_number: str | None
    shipping: ShippingRow | None
    taxation: TaxRow
    offers: OffersRow
    rounding: Rounding
    countries: list[str]
    lines: list[CartLineRow]
