"""When to try again: pure, the caller says what time it is and how the dice fell."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After the first, second … failure, as the specification proposes: three days in all."""
JITTER = 0.2  # of each delay, at most, on top: what failed together does not come back together
LONGEST_WISH = timedelta(hours=24)
"""Whoever says `Retry-After: 1 year` is asked a day later."""
HEEDED = frozenset({429, 503})


def next_at(
    failures: int, now: datetime, dice: float, wish: timedelta | None = None
) -> datetime | None:
    """Say when to try again after so many failures; None: not at all.

    `dice` is from 0 to 1; `wish` is how long the endpoint wants to be left alone.
    """
    if failures > len(SCHEDULE):
        return None
    delay = SCHEDULE[failures - 1] * (1 + JITTER * dice)
    return now + max(delay, min(wish or timedelta(0), LONGEST_WISH))


def wish(status: int, retry_after: str, now: datetime) -> timedelta | None:
    """Read `Retry-After` (RFC 9110): seconds, or a date. None where it means nothing."""
    text = retry_after.strip()
    if status not in HEEDED or not text:
        return None
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:10]), int(LONGEST_WISH.total_seconds())))
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year of twenty digits is no year
        return None
    return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)
