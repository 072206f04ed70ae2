from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES, CartState
from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.shared.quantity import MOST_OF_ONE
from trastienda.schemas.catalogue.sku import Sku
from trastienda.schemas.credit.of_carts import CartGiftCardView, CartStoreCreditView, CreditRow
from trastienda.schemas.outside.outside import VatCheck
from trastienda.schemas.pricing.pricing import Totals
from trastienda.schemas.pricing.source import PriceSource
from trastienda.schemas.promotions.of_carts import PromotionsRow
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.gift_card import GiftCardLine
from trastienda.schemas.shared.line import CustomGoods, LineView
from trastienda.schemas.shared.money import Currency, Quantity, Sum
from trastienda.schemas.shared.problem import CartProblem
from trastienda.schemas.shipping.of_carts import ShippingRow
from trastienda.schemas.taxes.of_carts import TaxRow

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
    """The buyer's contact and addresses. The default billing address is the shipping address."""

    email: Email
    shipping_address: Address
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    vat_number: VatNumber | None = None
    """The VAT number of a business in the EU."""


class PriceAcceptance(Struct, forbid_unknown_fields=True):
    total: Annotated[Sum, Meta(description="The total that the buyer has seen.", examples=[2990])]


class ShippingChoice(Struct, forbid_unknown_fields=True):
    id: UUID


class CouponChoice(Struct, forbid_unknown_fields=True):
    code: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=64,
            description="Case and spaces do not matter.",
            examples=["SUMMER"],
        ),
    ]


class ShippingOptionView(Struct):
    id: UUID
    name: str
    price: Sum
    min_days: int | UnsetType = UNSET
    max_days: int | UnsetType = UNSET
    """Working days until delivery."""
    pickup_address: Address | UnsetType = UNSET
    """The pick-up point; without one, the order is delivered."""


class ShippingOptionsView(Struct):
    currency: Currency
    items: list[ShippingOptionView]


class CartView(Struct):
    """The whole cart; `problems` lists why it cannot be ordered yet."""

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
    amount_due: Sum = 0
    """What gift cards and store credit leave of the total for a payment provider."""
    gift_cards: list[CartGiftCardView] = []
    store_credit: CartStoreCreditView | UnsetType = UNSET
    """Left out if the cart is not to be paid with it."""
    vat_number: VatNumber | UnsetType = UNSET
    vat_check: VatCheck | UnsetType = UNSET
    """Left out if there is no number or no register is connected."""


class CartLineRow(Struct):
    """A line as read from the database; the price is None if it is no longer for sale.

    The price is an amount if only the variant's own price applies.
    """

    id: UUID
    variant_id: UUID | None
    product_id: UUID | None
    sku: str
    name: str
    slug: str
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    seen_price: int | None
    price: int | PriceSource | None
    available: int
    tax_class: str
    weight_grams: int | None
    longest_mm: int | None
    category_ids: list[UUID]
    """The categories of its product, with parents; empty if no promotion needs them."""
    gift_card: GiftCardLine | None = None
    """None for goods."""
    custom: CustomGoods | None = None
    """Set for what staff put in that is not in the shop; without `variant_id` then."""

    @property
    def requires_shipping(self) -> bool:
        if self.gift_card is not None:
            return False
        return self.custom is None or self.custom.requires_shipping

    @property
    def unit_price(self) -> int | None:
        return self.price.amount if isinstance(self.price, PriceSource) else self.price


class CartRow(Struct):
    """A cart with everything that its view, its price and its problems depend on."""

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
    vat_check: VatCheck | None
    shipping: ShippingRow | None
    taxation: TaxRow
    offers: PromotionsRow
    rounding: Rounding
    countries: list[str]
    lines: list[CartLineRow]
    has_gift_cards: bool = False
    uses_store_credit: bool = False
    credit: list[CreditRow] = []
    """What it can be paid with beside a provider, in the order in which these pay."""

    @property
    def ships(self) -> bool:
        """Whether anything of it is shipped: gift cards go by email."""
        return not self.lines or any(line.gift_card is None for line in self.lines)
