"""Buy x, get y: units of several lines are pooled and processed as runs of equal units."""

from collections.abc import Iterable, Sequence

from trastienda.schemas.pricing.pricing import PromotionToApply
from trastienda.services.pricing.basket import Basket
from trastienda.services.pricing.rounding import WHOLE, half_up

Run = tuple[int, int]
"""The index of a line and a number of its units, which all cost the same."""


def buy_x_get_y(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    """Return the discount on each line, by its index, and close the units of all full sets.

    The cheapest units get the discount, the first line's first; the most expensive are bought.
    """
    runs = _by_price(basket, indexes)
    sets = sum(count for _, count in runs) // (promotion.buy + promotion.get)
    for index, count in _take_units(sets * promotion.buy, reversed(runs)):
        basket.closed[index] += count
    shares = {}
    for index, count in _take_units(sets * promotion.get, runs):
        basket.closed[index] += count
        value = count * _value_before_sets(basket, index) * promotion.percent
        share = basket.reducible(index, half_up(value, basket.quantities[index] * WHOLE))
        if share:
            shares[index] = share
            basket.given[index] += share
    return shares


def _by_price(basket: Basket, indexes: Sequence[int]) -> list[Run]:
    """Return the units that are not in a set yet, cheapest first, of equals the first line first.

    Prices are fractions. Two of them with denominators up to `q` are equal or at least `1 ÷ q²`
    apart; multiplied by `q²` and rounded down, they are integers in the same order.
    """
    scale = max((basket.quantities[index] for index in indexes), default=0) ** 2
    runs = [
        (_value_before_sets(basket, index) * scale // basket.quantities[index], index, count)
        for index in indexes
        if (count := basket.quantities[index] - basket.closed[index])
    ]
    return [(index, count) for _, index, count in sorted(runs)]


def _value_before_sets(basket: Basket, index: int) -> int:
    """Return the remaining amount of a line without the discounts of sets."""
    return basket.left[index] + basket.given[index]


def _take_units(units: int, runs: Iterable[Run]) -> Iterable[Run]:
    for index, count in runs:
        if not units:
            return
        taken = min(units, count)
        units -= taken
        yield index, taken
