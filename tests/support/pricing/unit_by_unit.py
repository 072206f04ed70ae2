"""The ten rules of pricing once more, slow and obvious: unit by unit, in fractions.

It shares no code with the pricing function, only its types, and is what that is compared with.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply, ShippingToPrice

HUNDRED = 10**10


class Sums(NamedTuple):
    discounts: list[int]
    taxes: list[int]
    shipping: int
    shipping_tax: int
    total: int


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def by_largest_fraction(exact: Sequence[Fraction], units: int) -> list[int]:
    """Round down, then give one unit after the other to the largest fraction, the first first."""
    shares = [floor(it) for it in exact]
    waiting = list(range(len(exact)))
    while sum(shares) < units:
        lucky = max(waiting, key=lambda i: (exact[i] - floor(exact[i]), -i))
        shares[lucky] += 1
        waiting.remove(lucky)
    return shares


class Shop:
    def __init__(self, lines: Sequence[LineToPrice], shipping: ShippingToPrice | None) -> None:
        self.lines = list(lines)
        self.left = [line.unit_price * line.quantity for line in lines]
        self.floor = [line.floor_price * line.quantity for line in lines]
        self.shipping = shipping.price if shipping else 0
        self.by_sets = [0 for _ in lines]
        self.open_units = [
            (i, unit) for i, line in enumerate(lines) for unit in range(line.quantity)
        ]

    def meant(self, promotion: PromotionToApply) -> list[int]:
        everything = range(len(self.lines))
        return [i for i in everything if not promotion.refs or self.lines[i].ref in promotion.refs]

    def take(self, i: int, wanted: int) -> int:
        """Take what the line can bear, one minor unit after the other; return how much."""
        taken = 0
        while taken < wanted and self.left[i] > 0 and self.left[i] > self.floor[i]:
            self.left[i] -= 1
            taken += 1
        return taken

    def act(self, promotion: PromotionToApply) -> bool:
        """Say whether it took something."""
        meant = [i for i in self.meant(promotion) if self.lines[i].ref not in promotion.gifts]
        units = sum(self.lines[i].quantity for i in meant)
        left = sum(self.left[i] for i in meant)
        if (promotion.refs or promotion.gifts) and not meant:
            return False
        if left < promotion.min_subtotal or units < promotion.min_quantity:
            return False
        before = (list(self.left), self.shipping)
        ACTS[promotion.kind.value](self, promotion, meant)
        if promotion.max_discount is not None:
            self.cap(promotion, before, promotion.max_discount)
        return before != (self.left, self.shipping)

    def cap(self, promotion: PromotionToApply, before: tuple[list[int], int], most: int) -> None:
        """Give back what is too much, in proportion to what was taken."""
        self.shipping = max(self.shipping, before[1] - most)
        taken = [was - left for was, left in zip(before[0], self.left, strict=True)]
        if sum(taken) > most:
            less = by_largest_fraction([Fraction(most * it, sum(taken)) for it in taken], most)
            for i, share in enumerate(less):
                self.left[i] = before[0][i] - share
                if promotion.kind.value == "buy_x_get_y":
                    self.by_sets[i] -= taken[i] - share

    def order_tiered(self, promotion: PromotionToApply, meant: list[int]) -> None:
        left = sum(self.left[i] for i in meant)
        units = sum(self.lines[i].quantity for i in meant)
        best = None
        for tier in promotion.tiers:
            if left >= tier.min_subtotal and units >= tier.min_quantity:
                height = (tier.min_subtotal, tier.min_quantity)
                if best is None or height > (best.min_subtotal, best.min_quantity):
                    best = tier
        if best:
            share = half_up(Fraction(best.percent, HUNDRED) * left)
            self.spread(meant, best.amount or share)

    def fixed_price(self, promotion: PromotionToApply, meant: list[int]) -> None:
        for i in meant:
            units = self.limited(promotion, i)
            worth = half_up(Fraction(self.left[i] * units, self.lines[i].quantity))
            self.take(i, worth - promotion.amount * units)

    def free_gift(self, promotion: PromotionToApply, _: list[int]) -> None:
        free = promotion.get
        for i, line in enumerate(self.lines):
            if line.ref in promotion.gifts:
                units = min(free, line.quantity)
                free -= units
                self.take(i, half_up(Fraction(self.left[i] * units, line.quantity)))

    def spread(self, meant: list[int], amount: int) -> None:
        while amount > 0 and sum(self.left[i] for i in meant) > 0:
            left = sum(self.left[i] for i in meant)
            exact = [Fraction(amount * self.left[i], left) for i in meant]
            shares = by_largest_fraction(exact, amount)
            amount -= sum(self.take(i, share) for i, share in zip(meant, shares, strict=True))
            meant = [i for i in meant if self.left[i] > self.floor[i]]

    def order_fixed(self, promotion: PromotionToApply, meant: list[int]) -> None:
        self.spread(meant, promotion.amount)

    def order_percent(self, promotion: PromotionToApply, meant: list[int]) -> None:
        left = sum(self.left[i] for i in meant)
        self.spread(meant, half_up(Fraction(promotion.percent, HUNDRED) * left))

    def item_percent(self, promotion: PromotionToApply, meant: list[int]) -> None:
        for i in meant:
            units = self.limited(promotion, i)
            concerned = Fraction(self.left[i] * units, self.lines[i].quantity)
            self.take(i, half_up(Fraction(promotion.percent, HUNDRED) * concerned))

    def item_fixed(self, promotion: PromotionToApply, meant: list[int]) -> None:
        for i in meant:
            each = min(promotion.amount, self.left[i] // self.lines[i].quantity)
            self.take(i, sum(each for _ in range(self.limited(promotion, i))))

    def limited(self, promotion: PromotionToApply, i: int) -> int:
        most = promotion.max_quantity
        return self.lines[i].quantity if most is None else min(most, self.lines[i].quantity)

    def cheapest_unit(self, promotion: PromotionToApply, meant: list[int]) -> None:
        prices = {i: self.left[i] // self.lines[i].quantity for i in meant}
        prices = {i: price for i, price in prices.items() if price > 0}
        for i, price in prices.items():
            if price == min(prices.values()):
                share = half_up(Fraction(promotion.percent, HUNDRED) * price)
                self.take(i, min(promotion.amount or share, price))
                return

    def buy_x_get_y(self, promotion: PromotionToApply, meant: list[int]) -> None:
        price = {i: Fraction(self.left[i] + self.by_sets[i], self.lines[i].quantity) for i in meant}
        pool = [unit for unit in self.open_units if unit[0] in meant]
        pool.sort(key=lambda unit: (price[unit[0]], unit))
        sets = len(pool) // (promotion.buy + promotion.get)
        given = [pool.pop(0) for _ in range(sets * promotion.get)]
        bought = [pool.pop() for _ in range(sets * promotion.buy)]
        for unit in given + bought:
            self.open_units.remove(unit)
        for i in meant:
            mine = sum(price[i] for unit in given if unit[0] == i)
            self.by_sets[i] += self.take(i, half_up(mine * Fraction(promotion.percent, HUNDRED)))

    def shipping_percent(self, promotion: PromotionToApply, _: list[int]) -> None:
        self.shipping -= half_up(Fraction(promotion.percent, HUNDRED) * self.shipping)

    def shipping_fixed(self, promotion: PromotionToApply, _: list[int]) -> None:
        self.shipping -= min(self.shipping, promotion.amount)


ACTS: dict[str, Callable[[Shop, PromotionToApply, list[int]], None]] = {
    "order_fixed": Shop.order_fixed,
    "order_percent": Shop.order_percent,
    "order_tiered": Shop.order_tiered,
    "fixed_price": Shop.fixed_price,
    "free_gift": Shop.free_gift,
    "item_fixed": Shop.item_fixed,
    "item_percent": Shop.item_percent,
    "cheapest_unit": Shop.cheapest_unit,
    "buy_x_get_y": Shop.buy_x_get_y,
    "shipping_fixed": Shop.shipping_fixed,
    "shipping_percent": Shop.shipping_percent,
}


def discounted(
    lines: Sequence[LineToPrice],
    shipping: ShippingToPrice | None,
    promotions: Sequence[PromotionToApply],
) -> Shop:
    priorities = sorted({it.priority for it in promotions}, reverse=True)
    queue = [it for priority in priorities for it in promotions if it.priority == priority]
    for promotion in queue:
        alone = Shop(lines, shipping)
        if promotion.exclusive and alone.act(promotion):
            return alone
    shop = Shop(lines, shipping)
    stacked = []
    for promotion in queue:
        if promotion.exclusive or promotion.stack_group in stacked:
            continue
        if shop.act(promotion) and promotion.stack_group:
            stacked.append(promotion.stack_group)
    return shop


def exact_tax(amount: int, taxed: LineToPrice | ShippingToPrice) -> Fraction:
    rate = Fraction(taxed.rate, HUNDRED)
    return amount * (rate / (1 + rate) if taxed.included else rate)


def of_units(left: int, line: LineToPrice) -> int:
    units = [left // line.quantity for _ in range(line.quantity)]
    for i in range(left - sum(units)):
        units[i] += 1
    return sum(half_up(exact_tax(unit, line)) for unit in units)


def freight_parts(
    lines: Sequence[LineToPrice], shop: Shop, shipping: ShippingToPrice
) -> list[tuple[ShippingToPrice, int]]:
    """Split shipping by the rates it is taxed at, in the order in which lines bring them."""
    goods = sum(shop.left)
    if not shipping.shared or not goods:
        return [(shipping, shop.shipping)]
    exact = [Fraction(shop.shipping * left, goods) for left in shop.left]
    shares = by_largest_fraction(exact, shop.shipping)
    return [
        (
            ShippingToPrice(0, rate, shipping.included),
            sum(it for it, line in zip(shares, lines, strict=True) if line.rate == rate),
        )
        for rate in dict.fromkeys(line.rate for line in lines)
    ]


def price(
    lines: Sequence[LineToPrice],
    shipping: ShippingToPrice | None,
    promotions: Sequence[PromotionToApply],
    rounding: Rounding,
) -> Sums:
    shop = discounted(lines, shipping, promotions)
    parts = freight_parts(lines, shop, shipping or ShippingToPrice(0, 0))
    taxed: list[LineToPrice | ShippingToPrice] = [*lines, *(part for part, _ in parts)]
    bases = [*shop.left, *(amount for _, amount in parts)]
    exact = [exact_tax(it, what) for it, what in zip(bases, taxed, strict=True)]
    taxes = [half_up(it) for it in exact]
    if rounding is Rounding.UNIT:
        taxes[: len(lines)] = [
            of_units(it, line) for it, line in zip(shop.left, lines, strict=True)
        ]
    if rounding is Rounding.DOCUMENT:
        for group in {(it.rate, it.included) for it in taxed}:
            mine = [i for i, it in enumerate(taxed) if (it.rate, it.included) == group]
            sums = [exact[i] for i in mine]
            whole = half_up(sum(sums, Fraction()))
            for i, tax in zip(mine, by_largest_fraction(sums, whole), strict=True):
                taxes[i] = tax
    added = sum(tax for tax, it in zip(taxes, taxed, strict=True) if not it.included)
    return Sums(
        discounts=[
            line.unit_price * line.quantity - left
            for line, left in zip(lines, shop.left, strict=True)
        ],
        taxes=taxes[: len(lines)],
        shipping=shop.shipping,
        shipping_tax=sum(taxes[len(lines) :]),
        total=sum(shop.left) + shop.shipping + added,
    )
