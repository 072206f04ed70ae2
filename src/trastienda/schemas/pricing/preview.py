"""Requests and answers of the pricing preview. Amounts are in minor units."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.database.models.shared.quantity import MOST_OF_ONE
from trastienda.schemas.shared.money import Amount, Currency, Quantity

_ONE_RATE = r"(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)"
MOST_PROMOTIONS = 100

Percent = Annotated[
    str,
    Meta(
        pattern=rf"\A{_ONE_RATE}\Z",
        description="0 to 100, with at most four decimals.",
        examples=["10"],
    ),
]
SummedRate = Annotated[
    str,
    Meta(
        pattern=rf"\A{_ONE_RATE}(\+{_ONE_RATE}){{0,9}}\Z",
        description="Per cent; rates of several jurisdictions are added: `5+10`. At most 100.",
        examples=["21"],
    ),
]
Ref = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        description="The client's own name for a line; several lines may share one.",
        examples=["mug"],
    ),
]
PromotionName = Annotated[str, Meta(min_length=1, max_length=200, examples=["summer"])]
Units = Annotated[
    int,
    Meta(
        ge=1,
        le=1_000,
        description="For `buy_x_get_y` only; `get` is also the number of units in a `free_gift`.",
        examples=[1],
    ),
]
StackGroup = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Of the promotions in a group, only the first that reduces anything applies.",
        examples=["season"],
    ),
]
MostUnits = Annotated[
    int,
    Meta(
        ge=1,
        le=MOST_OF_ONE,
        description="How many units of each line `item_percent` and `item_fixed` apply to.",
        examples=[5],
    ),
]
LeastUnits = Annotated[
    int,
    Meta(
        ge=0,
        le=MOST_LINES * MOST_OF_ONE,
        description="The lines it applies to have at least this many units in all.",
        examples=[2],
    ),
]
Priority = Annotated[
    int,
    Meta(ge=-1_000_000, le=1_000_000, description="Higher first, then as listed.", examples=[10]),
]
_IncludesTax = Annotated[bool, Meta(description="Whether the price includes the tax.")]


class PricingLineDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    ref: Ref
    unit_price: Amount
    quantity: Quantity
    tax_rate: SummedRate
    prices_include_tax: _IncludesTax
    floor_price: Amount | None = None
    """The lowest price of one unit; promotions do not reduce it further."""


class PricingTierDraft(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`percent` or `amount`, if both thresholds are reached."""

    min_subtotal: Amount | None = None
    min_quantity: LeastUnits | None = None
    percent: Percent | None = None
    amount: Amount | None = None


class PricingPromotionDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Percentage kinds need `percent`, fixed ones `amount`, `cheapest_unit` one of the two.

    `buy_x_get_y` needs `buy` and `get`; without `percent`, the `get` units are free. `fixed_price`
    needs `amount`, the new price of a unit; `order_tiered` needs `tiers`; `free_gift` needs `gifts`
    and `get`.
    """

    name: PromotionName
    kind: PromotionKind
    percent: Percent | None = None
    amount: Amount | None = None
    buy: Units | None = None
    get: Units | None = None
    tiers: Annotated[list[PricingTierDraft], Meta(max_length=50)] = []
    """Of the tiers that are reached, the one with the highest thresholds applies."""
    gifts: Annotated[list[Ref], Meta(max_length=MOST_LINES)] = []
    """The lines of which `get` units are free; the conditions are about the other lines."""
    max_discount: Amount | None = None
    """The largest total discount."""
    stack_group: StackGroup | None = None
    refs: Annotated[list[Ref], Meta(max_length=MOST_LINES)] = []
    """The lines it applies to; if empty, all lines."""
    min_subtotal: Amount | None = None
    """These lines cost at least this much after the promotions before it."""
    min_quantity: LeastUnits | None = None
    max_quantity: MostUnits | None = None
    priority: Priority = 0
    exclusive: bool = False
    """If it applies, no other promotion does."""


class PricingShippingDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    price: Amount
    tax_rate: SummedRate
    prices_include_tax: _IncludesTax


class PricingDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """The lines, promotions and shipping to price; none of them has to exist in the shop."""

    currency: Currency
    rounding: Rounding = Rounding.LINE
    """At which level tax is rounded, half up."""
    lines: Annotated[list[PricingLineDraft], Meta(max_length=MOST_LINES)]
    promotions: Annotated[list[PricingPromotionDraft], Meta(max_length=MOST_PROMOTIONS)] = []
    shipping: PricingShippingDraft | None = None


class PricingLineView(Struct, kw_only=True):
    ref: str
    subtotal: int
    discount: int
    tax: int
    total: int


class PricingStep(Struct, frozen=True, gc=False, kw_only=True):
    """One part of the total; the amounts of all steps add up to it."""

    step: str
    name: str | UnsetType = UNSET
    line: int | UnsetType = UNSET
    """The index of the line in the request, from 0."""
    shipping: bool | UnsetType = UNSET
    amount: int
    included: int | UnsetType = UNSET
    """Tax that the price includes and that therefore adds nothing."""


class PricingView(Struct, kw_only=True):
    """`total` is the sum of lines, `shipping` and tax added to it; `net_total` is without tax."""

    currency: Currency
    subtotal: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    tax_added: int
    total: int
    lines: list[PricingLineView]
    shipping_discount: int
    shipping_tax: int
    net_total: int
    explanation: list[PricingStep]
