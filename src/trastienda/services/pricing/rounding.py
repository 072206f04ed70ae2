"""Exact integer arithmetic: every rounding of a price happens here."""

from collections.abc import Sequence
from decimal import Decimal

PLACES = 8
"""Rates and percentages are integers in units of so many decimals of a per cent.

Staff write four; two rates of which one is on top of the other have eight.
"""
PERCENT = 10**PLACES
WHOLE = 100 * PERCENT


def rate(percent: Decimal) -> int:
    """Scale a percentage of at most eight decimals: 5.5 is 550,000,000."""
    return int(percent * PERCENT)


def plain(rate: Decimal) -> str:
    """Write a percentage as people do: `21`, `5.5`."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(rate: int) -> Decimal:
    """Return a rate as a percentage, exactly: 550,000,000 is 5.5."""
    return Decimal(rate).scaleb(-PLACES)


def half_up(numerator: int, denominator: int) -> int:
    """Round a fraction that is not negative to the nearest integer, a half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def shared_out(parts: Sequence[int], whole: int, units: int) -> list[int]:
    """Round each `part ÷ whole` so that together they are `units`.

    Each is rounded down first; the units left over go one each to the largest fractions, among
    equals to the first (the largest remainder method, as in Hamilton's apportionment).
    """
    shares = [part // whole for part in parts]
    if leftover := units - sum(shares):
        fractions = [part % whole for part in parts]
        ranked = sorted(range(len(parts)), key=fractions.__getitem__, reverse=True)
        for place in ranked[:leftover]:  # a reversed sort is stable too: the first of equals
            shares[place] += 1
    return shares
