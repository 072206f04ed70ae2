"""Buy some, get some: units of several lines are pooled, and worked on as runs of equal units."""

from collections.abc import Iterable, Sequence

from trastienda.schemas.pricing import PromotionToApply
from trastienda.services.pricing.basket import Basket
from trastienda.services.pricing.rounding import WHOLE, half_up

Run = tuple[int, int]
"""A line's place, and how many of its units: they all cost the same."""


def buy_x_get_y(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    """Return what each line gives, and close the units of all full sets.

    The cheapest units are given, among equals those of the first line; the dearest are bought.
    """
    runs = _by_price(basket, places)
    sets = sum(count for _, count in runs) // (promotion.buy + promotion.get)
    for place, count in _first(sets * promotion.buy, reversed(runs)):
        basket.closed[place] += count
    shares = {}
    for place, count in _first(sets * promotion.get, runs):
        basket.closed[place] += count
        value = count * _worth(basket, place) * promotion.percent
        share = basket.borne(place, half_up(value, basket.quantities[place] * WHOLE))
        if share:
            shares[place] = share
            basket.given[place] += share
    return shares


def _by_price(basket: Basket, places: Sequence[int]) -> list[Run]:
    """Return the open units, the cheapest first, among equals the first line.

    Prices are fractions. Two of them whose denominators are at most `q` are equal or at least
    `1 ÷ q²` apart: times `q²` and rounded down they are integers in the same order.
    """
    apart = max((basket.quantities[place] for place in places), default=0) ** 2
    runs = [
        (_worth(basket, place) * apart // basket.quantities[place], place, count)
        for place in places
        if (count := basket.quantities[place] - basket.closed[place])
    ]
    return [(place, count) for _, place, count in sorted(runs)]


def _worth(basket: Basket, place: int) -> int:
    """Return what a line would be worth without the units that were given."""
    return basket.left[place] + basket.given[place]


def _first(units: int, runs: Iterable[Run]) -> Iterable[Run]:
    for place, count in runs:
        if not units:
            return
        some = min(units, count)
        units -= some
        yield place, some
