"""When to try again: pure, given the time and a random number."""

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
"""The delays after the first, second … failure, as the specification proposes: three days in
all."""
JITTER = 0.2  # of each delay, added at random to spread the retries
LONGEST_PAUSE = timedelta(hours=24)
"""An endpoint that asks for `Retry-After: 1 year` is tried again after a day."""
HEEDED = frozenset({429, 503})


def next_at(
    failures: int, now: datetime, fraction: float, retry_after: timedelta | None = None
) -> datetime | None:
    """Return when to try again after so many failures, or None: not at all.

    `fraction` is random, from 0 to 1; `retry_after` is the pause that the endpoint asked for.
    """
    if failures > len(SCHEDULE):
        return None
    delay = SCHEDULE[failures - 1] * (1 + JITTER * fraction)
    return now + max(delay, min(retry_after or timedelta(0), LONGEST_PAUSE))


def parse_retry_after(status: int, retry_after: str, now: datetime) -> timedelta | None:
    """Parse `Retry-After` (RFC 9110), seconds or a date; return None if it is neither."""
    text = retry_after.strip()
    if status not in HEEDED or not text:
        return None
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:10]), int(LONGEST_PAUSE.total_seconds())))
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a number of seconds that no date can hold
        return None
    return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)
