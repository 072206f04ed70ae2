"""What staff ask of the pricing preview, and what it answers."""

from typing import Annotated

from msgspec import Meta, Struct

from trastienda.database.models.cart import MOST_LINES, MOST_OF_ONE
from trastienda.database.models.channel import Rounding
from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.money import Amount, Currency, Quantity
from trastienda.schemas.pricing import PricingStep

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
        description="Per cent; those of several jurisdictions are added: `5+10`. At most 100.",
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
        description="Of `buy_x_get_y` only; `get` also says how many units `free_gift` gives.",
        examples=[1],
    ),
]
StackGroup = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Of the promotions in one group only the first that takes something acts.",
        examples=["season"],
    ),
]
MostUnits = Annotated[
    int,
    Meta(
        ge=1,
        le=MOST_OF_ONE,
        description="How many units of each line `item_percent` and `item_fixed` are about.",
        examples=[5],
    ),
]
LeastUnits = Annotated[
    int,
    Meta(
        ge=0,
        le=MOST_LINES * MOST_OF_ONE,
        description="The lines it is about have this many units or more.",
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
    """What no promotion may take: the lowest price of one unit."""


class PricingTierDraft(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """From both thresholds on, inclusive: `percent`, or `amount`."""

    min_subtotal: Amount | None = None
    min_quantity: LeastUnits | None = None
    percent: Percent | None = None
    amount: Amount | None = None


class PricingPromotionDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Kinds in per cent need `percent`, fixed ones `amount`, `cheapest_unit` one of the two.

    `buy_x_get_y` needs `buy` and `get`; without `percent` what is given is free. `fixed_price`
    needs `amount`, what a unit then costs; `order_tiered` needs `tiers`; `free_gift` needs `gifts`
    and `get`.
    """

    name: PromotionName
    kind: PromotionKind
    percent: Percent | None = None
    amount: Amount | None = None
    buy: Units | None = None
    get: Units | None = None
    tiers: Annotated[list[PricingTierDraft], Meta(max_length=50)] = []
    """Of those that are reached the one with the highest thresholds holds."""
    gifts: Annotated[list[Ref], Meta(max_length=MOST_LINES)] = []
    """The lines of which `get` units are free; the conditions ask the other lines."""
    max_discount: Amount | None = None
    """What it takes in all, at most."""
    stack_group: StackGroup | None = None
    refs: Annotated[list[Ref], Meta(max_length=MOST_LINES)] = []
    """The lines it is about; none: all of them."""
    min_subtotal: Amount | None = None
    """What is left of those lines is this much or more."""
    min_quantity: LeastUnits | None = None
    max_quantity: MostUnits | None = None
    priority: Priority = 0
    exclusive: bool = False
    """When it applies, it acts alone."""


class PricingShippingDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    price: Amount
    tax_rate: SummedRate
    prices_include_tax: _IncludesTax


class PricingDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to price. Nothing of it has to exist in the shop."""

    currency: Currency
    rounding: Rounding = Rounding.LINE
    """Where tax is rounded, half up."""
    lines: Annotated[list[PricingLineDraft], Meta(max_length=MOST_LINES)]
    promotions: Annotated[list[PricingPromotionDraft], Meta(max_length=MOST_PROMOTIONS)] = []
    shipping: PricingShippingDraft | None = None


class PricingLineView(Struct, kw_only=True):
    ref: str
    subtotal: int
    discount: int
    tax: int
    total: int


class PricingView(Struct, kw_only=True):
    """`total` is that of the lines, `shipping` and its added tax; `net_total` is without tax."""

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
