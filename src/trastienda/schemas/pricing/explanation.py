"""Where each minor unit of a total comes from: the rule, what went into it, how it was rounded."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.shared.money import Currency

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
    """The index of the line in the cart, from 0."""
    sku: str | UnsetType = UNSET
    shipping: bool | UnsetType = UNSET
    name: str | UnsetType = UNSET
    """The name of the promotion, the sale, the shipping option or, for staff, the price list."""
    rule: Annotated[str, Meta(examples=["unit_price × quantity"])]
    input: Annotated[dict[str, int | str], Meta(examples=[{"unit_price": 1250, "quantity": 2}])]
    rounding: str | UnsetType = UNSET
    """Left out if nothing is rounded."""
    amount: int
    unit_price: int | UnsetType = UNSET
    """The price of a unit, or of shipping, after this step; the step itself adds nothing."""
    included: int | UnsetType = UNSET
    """Tax that the price includes and that therefore adds nothing."""


class Explanation(Struct, frozen=True, kw_only=True):
    currency: Currency
    rounding: Rounding
    """Where tax is rounded."""
    steps: list[ExplainedStep]
    total: int


class ExplanationContext(Struct, frozen=True, kw_only=True):
    """The facts of a cart or an order that an explanation needs besides its pricing."""

    currency: str
    skus: list[str]
    lists_named: bool = False
    """Whether price lists may be named: their names are for staff, not for buyers."""
