"""Input and output of the pricing function: integers only.

Amounts are in the currency's minor unit, rates and percentages in ten-thousandths of a per cent, so
that 21 % is 210,000.
"""

from msgspec import Struct

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.source import PriceSource, ShippingSource


class LineToPrice(Struct, frozen=True, gc=False):
    unit_price: int
    quantity: int
    rate: int
    included: bool = True
    """Whether the unit price includes the tax."""
    floor_price: int = 0
    """The lowest price of one unit; promotions do not reduce it further."""
    ref: str = ""
    voucher: bool = False
    """A gift card: promotions neither reduce nor count it, and shipping is not shared with it."""


class ShippingToPrice(Struct, frozen=True, gc=False):
    price: int
    rate: int
    included: bool = True
    shared: bool = False
    """Whether shipping is taxed at the lines' rates, in proportion to their discounted amounts."""


class Tier(Struct, frozen=True, kw_only=True):
    """A percentage or an amount, if both thresholds are reached."""

    min_subtotal: int = 0
    min_quantity: int = 0
    percent: int = 0
    amount: int = 0


class PromotionToApply(Struct, frozen=True, kw_only=True):
    """A promotion as pricing applies it; without `refs` it applies to all lines."""

    name: str
    kind: PromotionKind
    id: str = ""
    """The id of the stored promotion, so that its discount can be recorded."""
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
    """The largest total discount."""
    stack_group: str = ""
    """Of the promotions in a group, only the first that reduces anything applies."""
    tiers: tuple[Tier, ...] = ()
    """For `order_tiered`: the tier with the highest thresholds that are reached applies."""
    gifts: frozenset[str] = frozenset()
    """For `free_gift`: lines of which `get` units are free; conditions are about the others."""
    by_staff: bool = False
    """A discount that staff granted: it comes last, and beside any other promotion."""


class PricingBasis(Struct, frozen=True, kw_only=True):
    """Everything a total is computed from: the same basis always gives the same total."""

    lines: list[LineToPrice]
    sources: list[PriceSource | None] = []
    """The source of each unit price, to explain it; None if it is no longer for sale."""
    shipping: ShippingToPrice | None = None
    shipping_source: ShippingSource | None = None
    promotions: list[PromotionToApply] = []
    rounding: Rounding = Rounding.LINE


class Taken(Struct, frozen=True):
    """The discount of one promotion: on lines, by their index, and on shipping. No share is 0."""

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


class TaxedShipping(Struct, frozen=True, gc=False):
    """What shipping costs at one tax rate: an amount after discounts, and the tax in or on it."""

    rate: int
    amount: int
    tax: int


class Totals(Struct, frozen=True, gc=False):
    """The sums of a cart: `total = subtotal - discount + shipping + tax_added`."""

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
    taxed_shipping: list[TaxedShipping]
    """Shipping by tax rate; without shipping, one part of nothing."""
    taken: list[Taken]
    """What the promotions took, in the order in which they acted."""
