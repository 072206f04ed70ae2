"""The promotions that may apply to a cart, as they are read with it, and what it used of them."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.promotion import PromotionKind, Trigger

Amounts = dict[str, int]
"""Minor units by currency."""


class TierRow(Struct, frozen=True, kw_only=True):
    min_quantity: int | None = None
    min_subtotals: Amounts = {}
    percent: Decimal | None = None
    amounts: Amounts = {}


class OfferRow(Struct, frozen=True, kw_only=True):
    """A promotion, and what its conditions on channel and customer come to for this cart."""

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
    """By account or by address, whichever is more, if there is a limit."""
    in_channel: bool
    in_group: bool
    first_allowed: bool
    """Whether it does not ask for a first order, or this would be one."""


class CartCouponRow(Struct, frozen=True):
    id: UUID
    code: str
    promotion_id: UUID
    active: bool
    usage_limit: int | None
    uses: int


class OffersRow(Struct, frozen=True):
    """What may be taken off: nothing at all in most carts."""

    time_zone: str = "UTC"
    promotions: list[OfferRow] = []
    coupons: list[CartCouponRow] = []
    """In the order in which they were put in."""


class PromotionUsed(Struct, frozen=True):
    """That a promotion took something, and the code that set it off."""

    promotion_id: UUID
    coupon_id: UUID | None = None
    code: str | None = None


class BoughtLine(Protocol):
    """A line, as far as a promotion can be about it."""

    @property
    def product_id(self) -> UUID | None: ...

    @property
    def variant_id(self) -> UUID | None: ...

    @property
    def category_ids(self) -> Collection[UUID]: ...


class Bought(Protocol):
    """What promotions act on: a cart, or an order of the past."""

    @property
    def currency(self) -> str: ...

    @property
    def lines(self) -> Sequence[BoughtLine]: ...

    @property
    def offers(self) -> OffersRow: ...
