"""Numbers without gaps: a row for each series, locked from a number on until the commit.

A transaction that rolls back gives its number back, because the row goes back with it.
"""

import re
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Session, prepared

_NUMBER = re.compile(r"\{number(?::0(?P<width>[1-9]))?\}")
_YEAR = "{year}"
# A later number never has an earlier date, whichever request was the first to be asked.
_TAKE = prepared("""
    INSERT INTO invoice_counters (channel_id, prefix, last, last_at)
    VALUES (%(channel)s, %(prefix)s, 1, %(now)s)
    ON CONFLICT (channel_id, prefix) DO UPDATE SET last = invoice_counters.last + 1,
        last_at = greatest(invoice_counters.last_at, excluded.last_at)
    RETURNING last, last_at
""")


class Numbered(NamedTuple):
    """A number that nobody else has, and when it is given."""

    number: str
    prefix: str
    sequence: int
    issued_at: datetime


async def take(session: Session, channel_id: UUID, series: str, local: datetime) -> Numbered:
    """Take the next number of a series, such as `{year}-{number:05}`.

    It waits for a transaction that has taken one and not ended yet.

    `local` is now in the shop's time zone: its year is the one in the number.
    """
    prefix = series_of(series).replace(_YEAR, f"{local:%Y}")
    row = await _TAKE.row(session, channel=channel_id, prefix=prefix, now=local)
    if row is None:
        raise RuntimeError(series)  # never: the row is there or it is made
    sequence, issued_at = row
    number = f"{prefix}{sequence:0{_width(series)}}"
    return Numbered(number, prefix, sequence, issued_at)


def series_of(pattern: str) -> str:
    """Return what stands before the number: that is what is counted in."""
    return _NUMBER.split(pattern, maxsplit=1)[0]


def _width(pattern: str) -> int:
    found = _NUMBER.search(pattern)
    return int(found["width"] or 1) if found else 1
