"""What the pricing function reads and writes: integers only.

Amounts are in the currency's minor unit, rates and percentages in ten-thousandths of a per cent, so
that 21 % is 210,000.
"""

from msgspec import UNSET, Struct, UnsetType

from trastienda.database.models.channel import Rounding
from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.price_source import PriceSource, ShippingSource


class LineToPrice(Struct, frozen=True, gc=False):
    unit_price: int
    quantity: int
    rate: int
    included: bool = True
    """Whether the unit price includes the tax."""
    floor_price: int = 0
    """What no promotion takes: one unit's lowest price."""
    ref: str = ""


class ShippingToPrice(Struct, frozen=True, gc=False):
    price: int
    rate: int
    included: bool = True
    shared: bool = False
    """Taxed at the lines' rates, in proportion to what is left of them, instead of at `rate`."""


class Tier(Struct, frozen=True, kw_only=True):
    """From a subtotal and a quantity on, inclusive: a percentage, or an amount."""

    min_subtotal: int = 0
    min_quantity: int = 0
    percent: int = 0
    amount: int = 0


class PromotionToApply(Struct, frozen=True, kw_only=True):
    """A percentage or an amount, as its kind needs; without `refs` it is about all lines."""

    name: str
    kind: PromotionKind
    id: str = ""
    """Of the promotion on record, so that what it took can be booked."""
    percent: int = 0
    amount: int = 0
    buy: int = 0
    get: int = 0
    refs: frozenset[str] = frozenset()
    min_subtotal: int = 0
    min_quantity: int = 0
    max_quantity: int | None = None
    priority: int = 0
    exclusive: bool = False
    max_discount: int | None = None
    """What it takes in all, at most."""
    stack_group: str = ""
    """Of those in one group only the first that takes something acts."""
    tiers: tuple[Tier, ...] = ()
    """Of `order_tiered`: of those that are reached the one with the highest threshold holds."""
    gifts: frozenset[str] = frozenset()
    """Of `free_gift`: lines of which `get` units are free; its conditions ask the others."""


class PricingBasis(Struct, frozen=True, kw_only=True):
    """All that a total is computed from: the same again gives the same total."""

    lines: list[LineToPrice]
    sources: list[PriceSource | None] = []
    """Where each unit price comes from, to explain it; None of what is not for sale any more."""
    shipping: ShippingToPrice | None = None
    shipping_source: ShippingSource | None = None
    promotions: list[PromotionToApply] = []
    rounding: Rounding = Rounding.LINE


class Taken(Struct, frozen=True):
    """What one promotion took: from lines, by their place, and from shipping. Nothing is zero."""

    promotion: PromotionToApply
    shares: dict[int, int]
    shipping: int = 0

    @property
    def name(self) -> str:
        return self.promotion.name

    @property
    def id(self) -> str:
        return self.promotion.id


class PricedLine(Struct, frozen=True, gc=False):
    subtotal: int
    discount: int
    tax: int
    total: int


class Totals(Struct, frozen=True, gc=False):
    """They add up: `total = subtotal - discount + shipping + tax_added`."""

    subtotal: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    tax_added: int
    total: int


class Priced(Struct, frozen=True):
    lines: list[PricedLine]
    totals: Totals
    shipping_discount: int
    shipping_tax: int
    taken: list[Taken]
    """What the promotions took, in the order in which they acted."""


class PricingStep(Struct, frozen=True, gc=False, kw_only=True):
    """Where a part of the total comes from; the amounts of all steps add up to it."""

    step: str
    name: str | UnsetType = UNSET
    line: int | UnsetType = UNSET
    """The line's place in the request, from 0."""
    shipping: bool | UnsetType = UNSET
    amount: int
    included: int | UnsetType = UNSET
    """Tax that is in the price already, and so adds nothing."""
