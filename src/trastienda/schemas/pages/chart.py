from msgspec import Struct


class Chart(Struct, kw_only=True):
    """The points of a line: the times are seconds since 1970, midnight in UTC of each day."""

    currency: str
    at: list[int]
    totals: list[int]
    """In minor units."""
