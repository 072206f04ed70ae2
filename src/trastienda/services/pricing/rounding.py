"""Exact integer arithmetic: every rounding of a price happens here."""

from collections.abc import Sequence
from decimal import Decimal

PLACES = 8
"""Decimals of a per cent: rates and percentages are integers in units of 10⁻⁸ per cent.

Staff write four decimals; the product of two such rates has eight.
"""
PERCENT = 10**PLACES
WHOLE = 100 * PERCENT


def rate(percent: Decimal) -> int:
    """Scale a percentage of at most eight decimals: 5.5 is 550,000,000."""
    return int(percent * PERCENT)


def plain(rate: Decimal) -> str:
    """Format a percentage without trailing zeros: `21`, `5.5`."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(rate: int) -> Decimal:
    """Return a rate as a percentage, exactly: 550,000,000 is 5.5."""
    return Decimal(rate).scaleb(-PLACES)


def half_up(numerator: int, denominator: int) -> int:
    """Round a fraction that is not negative to the nearest integer, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def shared_out(parts: Sequence[int], whole: int, units: int) -> list[int]:
    """Round each `part ÷ whole` so that the results add up to `units`.

    Each is rounded down; the remaining units go, one each, to the largest fractions, the first of
    equals first (the largest remainder method, or Hamilton's apportionment).
    """
    shares = [part // whole for part in parts]
    if leftover := units - sum(shares):
        fractions = [part % whole for part in parts]
        ranked = sorted(range(len(parts)), key=fractions.__getitem__, reverse=True)
        for index in ranked[:leftover]:  # a reversed sort is stable too: the first of equals
            shares[index] += 1
    return shares
