"""What a promotion would have done to the orders there were."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.cart_promotions import OffersRow
from trastienda.schemas.money import Currency
from trastienda.schemas.pricing import PricingBasis

Days = Annotated[int, Meta(ge=1, le=366, description="How far to look back.", examples=[30])]
Signed = Annotated[int, Meta(description="In the currency's minor unit", examples=[1250])]
Count = Annotated[int, Meta(ge=0, examples=[12])]


class SimulationDraft(Struct, forbid_unknown_fields=True):
    days: Days = 30


class SimulatedMoney(Struct, kw_only=True):
    """In one currency: what the orders came to, what they would have, and what was earned by it.

    `margin` is what lines bring without tax, less what their units cost the shop. It counts the
    `lines_with_cost` only; the others have no cost price.
    """

    currency: Currency
    orders: Count
    touched: Count
    total_before: Signed
    total_after: Signed
    cost: Signed
    """`total_before` - `total_after`: what the promotion gives away."""
    lines_with_cost: Count
    lines_without_cost: Count
    margin_before: Signed
    margin_after: Signed


class SimulatedConflict(Struct, kw_only=True):
    """A promotion that took less than it did because this one acted."""

    promotion_id: Annotated[str, Meta(examples=["019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"])]
    name: Annotated[str, Meta(examples=["Summer"])]
    orders: Count


class SimulationView(Struct, kw_only=True):
    """`free` are the orders that would have become so; `free_numbers` names the first 20."""

    days: Days
    orders: Count
    """How many were looked at: all that were not cancelled, the newest 10,000 at most."""
    complete: Annotated[bool, Meta(examples=[True])]
    """Whether these are all."""
    touched: Count
    money: list[SimulatedMoney]
    free: Count
    free_numbers: Annotated[list[str], Meta(examples=[["100001"]])]
    conflicts: list[SimulatedConflict]


class PastLine(Struct, frozen=True, array_like=True):
    """A line of an order; what was sold may not be in the shop any more."""

    product_id: UUID | None
    variant_id: UUID | None
    category_ids: list[UUID]
    quantity: int
    cost: int | None
    """What one unit costs the shop, as far as that is known today."""


class PastOrder(Struct, frozen=True, kw_only=True):
    """An order as far as promotions care."""

    id: UUID
    number: str
    placed_at: datetime
    currency: str
    customer_id: UUID | None
    email: str
    pricing: PricingBasis
    lines: list[PastLine]
    offers: OffersRow
    in_channel: bool
    in_group: bool
    first_allowed: bool
