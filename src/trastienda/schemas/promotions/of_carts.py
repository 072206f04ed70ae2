"""The promotions that may apply to a cart, as they are read with it, and those that it uses."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.errors import ShopError
from trastienda.schemas.pricing.pricing import PromotionToApply

Amounts = dict[str, int]
"""Minor units by currency."""


class TierRow(Struct, frozen=True, kw_only=True):
    min_quantity: int | None = None
    min_subtotals: Amounts = {}
    percent: Decimal | None = None
    amounts: Amounts = {}


class PromotionRow(Struct, frozen=True, kw_only=True):
    """A promotion, and whether the channel and the customer of this cart meet its conditions."""

    id: UUID
    name: str
    kind: PromotionKind
    trigger: Trigger
    active: bool
    percent: Decimal | None
    amounts: Amounts
    buy: int | None
    get: int | None
    max_quantity: int | None
    tiers: list[TierRow]
    gift_variant_id: UUID | None
    gift_sku: str | None
    gift_quantity: int
    product_ids: frozenset[UUID]
    category_ids: frozenset[UUID]
    variant_ids: frozenset[UUID]
    weekdays: list[int]
    time_from: time | None
    time_to: time | None
    min_subtotals: Amounts
    min_quantity: int
    max_discounts: Amounts
    priority: int
    exclusive: bool
    stack_group: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    usage_limit: int | None
    usage_limit_per_customer: int | None
    uses: int
    customer_uses: int = 0
    """Uses by the account or by the address, whichever is more, if there is a limit."""
    in_channel: bool
    in_group: bool
    first_allowed: bool
    """Whether it is not limited to first orders, or this would be the customer's first."""


class CartCouponRow(Struct, frozen=True):
    id: UUID
    code: str
    promotion_id: UUID
    active: bool
    usage_limit: int | None
    uses: int


class PromotionsRow(Struct, frozen=True):
    """The promotions and coupons that may apply to a cart: none in most carts."""

    time_zone: str = "UTC"
    promotions: list[PromotionRow] = []
    coupons: list[CartCouponRow] = []
    """In the order in which they were added."""


class AssessedPromotion(Struct, frozen=True, kw_only=True):
    """A promotion, and how it applies to one cart."""

    offer: PromotionRow
    coupon: CartCouponRow | None
    """The first usable coupon for it in the cart."""
    refusal: type[ShopError] | None
    """Why it does not apply, whatever the cart contains."""
    rule: PromotionToApply | None
    """What pricing applies; None if it does not apply, or to nothing in the cart."""


class PromotionUsed(Struct, frozen=True):
    """A promotion that reduced something, and its coupon, if it has one."""

    promotion_id: UUID
    coupon_id: UUID | None = None
    code: str | None = None


class PurchaseLine(Protocol):
    """The facts of a line that decide whether a promotion applies to it."""

    @property
    def product_id(self) -> UUID | None: ...

    @property
    def variant_id(self) -> UUID | None: ...

    @property
    def category_ids(self) -> Collection[UUID]: ...


class Purchase(Protocol):
    """What promotions apply to: a cart, or a past order."""

    @property
    def currency(self) -> str: ...

    @property
    def lines(self) -> Sequence[PurchaseLine]: ...

    @property
    def offers(self) -> PromotionsRow: ...
