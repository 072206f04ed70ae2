"""The simulation of a promotion on past orders."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.pricing.pricing import PricingBasis
from trastienda.schemas.promotions.of_carts import PromotionsRow
from trastienda.schemas.shared.money import Currency

Days = Annotated[int, Meta(ge=1, le=366, description="How far to look back.", examples=[30])]
Signed = Annotated[int, Meta(description="In the currency's minor unit", examples=[1250])]
Count = Annotated[int, Meta(ge=0, examples=[12])]


class SimulationDraft(Struct, forbid_unknown_fields=True):
    days: Days = 30


class SimulatedMoney(Struct, kw_only=True):
    """The totals of the orders in one currency, without and with the promotion.

    `margin` is the lines' total without tax, less the cost of their units to the shop. It includes
    the `lines_with_cost` only; the others have no cost price.
    """

    currency: Currency
    orders: Count
    touched: Count
    total_before: Signed
    total_after: Signed
    cost: Signed
    """`total_before` - `total_after`: the cost of the promotion."""
    lines_with_cost: Count
    lines_without_cost: Count
    margin_before: Signed
    margin_after: Signed


class SimulatedConflict(Struct, kw_only=True):
    """A promotion that would have reduced less if this one had applied."""

    promotion_id: Annotated[str, Meta(examples=["019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"])]
    name: Annotated[str, Meta(examples=["Summer"])]
    orders: Count


class SimulationView(Struct, kw_only=True):
    """`free` counts orders that would have become free; `free_numbers` has the first 20 of them."""

    days: Days
    orders: Count
    """How many orders were simulated: all that are not cancelled, at most the newest 10,000."""
    complete: Annotated[bool, Meta(examples=[True])]
    """Whether these are all orders of the period."""
    touched: Count
    money: list[SimulatedMoney]
    free: Count
    free_numbers: Annotated[list[str], Meta(examples=[["100001"]])]
    conflicts: list[SimulatedConflict]


class PastLine(Struct, frozen=True, array_like=True):
    """A line of an order, whose product may be gone from the shop."""

    product_id: UUID | None
    variant_id: UUID | None
    category_ids: list[UUID]
    quantity: int
    cost: int | None
    """What one unit costs the shop today, in minor units, if that is known."""


class PastOrder(Struct, frozen=True, kw_only=True):
    """The facts of an order that promotions depend on."""

    id: UUID
    number: str
    placed_at: datetime
    currency: str
    customer_id: UUID | None
    email: str
    pricing: PricingBasis
    lines: list[PastLine]
    offers: PromotionsRow
    in_channel: bool
    in_group: bool
    first_allowed: bool
