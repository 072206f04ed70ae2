"""Tax on what is left after discounts: within a price, or on top of it."""

from collections import defaultdict
from collections.abc import Sequence

from trastienda.database.models.channel import Rounding
from trastienda.schemas.pricing import LineToPrice, ShippingToPrice
from trastienda.services.pricing.rounding import WHOLE, half_up, shared_out

Freight = tuple[ShippingToPrice, int]
"""Shipping, and what is left of its price."""


def taxes(
    lines: Sequence[LineToPrice], left: list[int], freight: Freight, rounding: Rounding
) -> tuple[list[int], int]:
    """Return each line's tax and that of shipping, rounded where `rounding` says."""
    parts = shipping_parts(lines, left, freight)
    included = freight[0].included
    if rounding is Rounding.DOCUMENT:
        return _of_document(lines, left, (parts, included))
    shipping_tax = sum(tax(amount, rate, included=included) for rate, amount in parts)
    pairs = zip(lines, left, strict=True)
    if rounding is Rounding.UNIT:
        return [_of_units(line, rest) for line, rest in pairs], shipping_tax
    return [tax(rest, line.rate, included=line.included) for line, rest in pairs], shipping_tax


def shipping_parts(
    lines: Sequence[LineToPrice], left: Sequence[int], freight: Freight
) -> list[tuple[int, int]]:
    """Return what is left of the shipping price by the rates it is taxed at: (rate, amount).

    Shared out, it is split in proportion to what is left of the lines, by largest fraction.
    """
    shipping, amount = freight
    whole = sum(left) if shipping.shared else 0
    if not whole:
        return [(shipping.rate, amount)]
    by_rate: dict[int, int] = defaultdict(int)
    shares = shared_out([amount * rest for rest in left], whole, amount)
    for line, share in zip(lines, shares, strict=True):
        by_rate[line.rate] += share
    return list(by_rate.items())


def tax(amount: int, rate: int, *, included: bool) -> int:
    """Return the tax within `amount`, or on top of it; half up."""
    return half_up(amount * rate, WHOLE + rate if included else WHOLE)


def _of_units(line: LineToPrice, left: int) -> int:
    """Split what is left into whole units, the larger ones first, and round the tax of each."""
    each, larger = divmod(left, line.quantity)
    more = tax(each + 1, line.rate, included=line.included) if larger else 0
    less = tax(each, line.rate, included=line.included)
    return larger * more + (line.quantity - larger) * less


def _of_document(
    lines: Sequence[LineToPrice], left: list[int], freight: tuple[list[tuple[int, int]], bool]
) -> tuple[list[int], int]:
    """Round once for each rate, included and added apart, and share that out by largest fraction.

    Among equal fractions the first line is first, and shipping last.
    """
    parts, shipping_included = freight
    bases = [*left, *(amount for _, amount in parts)]
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    rates = [(line.rate, line.included) for line in lines]
    rates += [(rate, shipping_included) for rate, _ in parts]
    for place, rate_and_way in enumerate(rates):
        groups[rate_and_way].append(place)
    rounded = [0] * len(bases)
    for (rate, included), places in groups.items():
        whole = WHOLE + rate if included else WHOLE
        exact = [bases[place] * rate for place in places]
        shares = shared_out(exact, whole, half_up(sum(exact), whole))
        for place, share in zip(places, shares, strict=True):
            rounded[place] = share
    return rounded[: len(left)], sum(rounded[len(left) :])
