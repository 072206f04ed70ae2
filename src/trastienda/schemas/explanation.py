"""Where each minor unit of a total comes from: the rule, what went into it, how it was rounded."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.channel import Rounding
from trastienda.schemas.money import Currency
from trastienda.schemas.pricing import PricingBasis

HALF_UP = "half up"
LARGEST_FRACTION = "by largest fraction"


class ExplainedStep(Struct, frozen=True, kw_only=True, gc=False):
    """One step to the total; the amounts of all steps add up to it.

    `rule` is a formula over the names in `input`. Amounts are in the currency's minor unit, rates
    and percentages in per cent.
    """

    step: Annotated[str, Meta(examples=["line"])]
    """`unit_price`, `line`, `promotion`, `shipping_price`, `shipping` or `tax`."""
    line: int | UnsetType = UNSET
    """The line's place in the cart, from 0."""
    sku: str | UnsetType = UNSET
    shipping: bool | UnsetType = UNSET
    name: str | UnsetType = UNSET
    """That of the promotion, the sale, the way of shipping or, for staff, the price list."""
    rule: Annotated[str, Meta(examples=["unit_price × quantity"])]
    input: Annotated[dict[str, int | str], Meta(examples=[{"unit_price": 1250, "quantity": 2}])]
    rounding: str | UnsetType = UNSET
    """Left out where nothing is rounded."""
    amount: int
    unit_price: int | UnsetType = UNSET
    """What a unit, or shipping, costs after this step, which adds nothing itself."""
    included: int | UnsetType = UNSET
    """Tax that is in the price already, and so adds nothing."""


class UnitStep(Struct, frozen=True, kw_only=True, gc=False):
    """One step to what a unit costs."""

    rule: str
    input: dict[str, int | str]
    unit_price: int
    rounding: str | UnsetType = UNSET
    price_list: str | UnsetType = UNSET
    sale: str | UnsetType = UNSET


class Explanation(Struct, frozen=True, kw_only=True):
    currency: Currency
    rounding: Rounding
    """Where tax is rounded."""
    steps: list[ExplainedStep]
    total: int


class Sold(Struct, frozen=True, kw_only=True):
    """What an explanation needs of a cart or an order beside what it was computed from."""

    currency: str
    skus: list[str]
    lists_named: bool = False
    """Whether price lists may be named: buyers need not read what staff call them."""


class KeptOrder(Sold, frozen=True, kw_only=True):
    """What an order kept."""

    pricing: PricingBasis | None
