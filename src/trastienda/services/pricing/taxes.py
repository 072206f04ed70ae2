"""Tax on the amounts after discounts: included in the price, or added to it."""

from collections import defaultdict
from collections.abc import Sequence

from trastienda.database.models.channels.channel import Rounding
from trastienda.schemas.pricing.pricing import LineToPrice, ShippingToPrice, TaxedShipping
from trastienda.services.pricing.rounding import WHOLE, half_up, shared_out

Freight = tuple[ShippingToPrice, int]
"""Shipping, and its price after discounts."""


def taxes(
    lines: Sequence[LineToPrice], left: list[int], freight: Freight, rounding: Rounding
) -> tuple[list[int], list[TaxedShipping]]:
    """Return each line's tax, and shipping by tax rate, rounded where `rounding` says."""
    parts = shipping_parts(lines, left, freight)
    included = freight[0].included
    if rounding is Rounding.DOCUMENT:
        return _of_document(lines, left, (parts, included))
    shipping = [
        TaxedShipping(rate, amount, tax(amount, rate, included=included)) for rate, amount in parts
    ]
    pairs = zip(lines, left, strict=True)
    if rounding is Rounding.UNIT:
        return [_of_units(line, rest) for line, rest in pairs], shipping
    return [tax(rest, line.rate, included=line.included) for line, rest in pairs], shipping


def shipping_parts(
    lines: Sequence[LineToPrice], left: Sequence[int], freight: Freight
) -> list[tuple[int, int]]:
    """Return the discounted price of shipping by the rates it is taxed at: (rate, amount).

    If it is `shared`, it is allocated in proportion to the goods' discounted amounts.
    """
    shipping, amount = freight
    goods = [(line.rate, rest) for line, rest in zip(lines, left, strict=True) if not line.voucher]
    whole = sum(rest for _, rest in goods) if shipping.shared else 0
    if not whole:
        return [(shipping.rate, amount)]
    by_rate: dict[int, int] = defaultdict(int)
    shares = shared_out([amount * rest for _, rest in goods], whole, amount)
    for (rate, _), share in zip(goods, shares, strict=True):
        by_rate[rate] += share
    return list(by_rate.items())


def tax(amount: int, rate: int, *, included: bool) -> int:
    """Return the tax included in `amount`, or to be added to it, rounded half up."""
    return half_up(amount * rate, WHOLE + rate if included else WHOLE)


def _of_units(line: LineToPrice, left: int) -> int:
    """Split a line's amount into integer amounts for its units, and round the tax of each."""
    per_unit, larger = divmod(left, line.quantity)
    more = tax(per_unit + 1, line.rate, included=line.included) if larger else 0
    less = tax(per_unit, line.rate, included=line.included)
    return larger * more + (line.quantity - larger) * less


def _of_document(
    lines: Sequence[LineToPrice], left: list[int], freight: tuple[list[tuple[int, int]], bool]
) -> tuple[list[int], list[TaxedShipping]]:
    """Round once for each rate, included and added apart, and share that out by largest fraction.

    Among equal fractions the first line comes first, and shipping last.
    """
    parts, shipping_included = freight
    bases = [*left, *(amount for _, amount in parts)]
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    rates = [(line.rate, line.included) for line in lines]
    rates += [(rate, shipping_included) for rate, _ in parts]
    for index, group in enumerate(rates):
        groups[group].append(index)
    rounded = [0] * len(bases)
    for (rate, included), places in groups.items():
        whole = WHOLE + rate if included else WHOLE
        exact = [bases[place] * rate for place in places]
        shares = shared_out(exact, whole, half_up(sum(exact), whole))
        for place, share in zip(places, shares, strict=True):
            rounded[place] = share
    of_shipping = zip(parts, rounded[len(left) :], strict=True)
    return rounded[: len(left)], [
        TaxedShipping(rate, amount, share) for (rate, amount), share in of_shipping
    ]
