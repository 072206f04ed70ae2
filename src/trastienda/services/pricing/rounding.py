"""Exact integer arithmetic: every rounding of a price happens here."""

from collections.abc import Sequence
from decimal import Decimal

PERCENT = 10_000
"""Rates and percentages are integers in ten-thousandths of a per cent."""
WHOLE = 100 * PERCENT


def rate(percent: Decimal) -> int:
    """Scale a percentage of at most four decimals: 5.5 is 55,000."""
    return int(percent * PERCENT)


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
