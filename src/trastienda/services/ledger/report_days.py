"""Days of reports that are summed once, when they have ended, and never again.

What a report says of such a day is exact: every transaction that has a time of that day either had
ended before the day was summed, or deletes the sum when it commits. The trigger that deletes it
shares a lock that summing takes alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.schemas.ledger.report import Period, SalesRow, TaxRow
from trastienda.services.ledger.report_periods import LONGEST
from trastienda.services.shared import advisory_locks

R = TypeVar("R", SalesRow, TaxRow)
BATCH = 5  # days to a transaction
SETTLED = timedelta(days=2)
"""The newest day that is summed ended a day ago. Only what is booked with a time that is more than
twelve hours old deletes sums: no transaction lasts for the twelve hours between."""
RECENT = timedelta(days=62)
"""So many days are summed by category: all of them again when what is in a category changes."""
LOCK = 0x7265_706F_7274_7331  # "reports1": the advisory lock, also in the trigger of revision 0043
_KEPT = prepared("""
    SELECT day, rows FROM report_days
    WHERE report = %(report)s AND zone = %(zone)s AND day BETWEEN %(first)s AND %(last)s
    ORDER BY day
""")
_DUE = prepared("""
    SELECT series.day::date FROM generate_series(greatest(%(first)s::date,
        (SELECT min(at) AT TIME ZONE %(zone)s FROM ledger_transactions)::date),
        %(last)s::date, '1 day') AS series (day)
    WHERE NOT EXISTS (SELECT FROM report_days
        WHERE report = %(report)s AND zone = %(zone)s AND report_days.day = series.day::date)
    ORDER BY 1 DESC LIMIT %(most)s
""")
_KEEP = prepared("""
    INSERT INTO report_days (report, zone, day, rows)
    VALUES (%(report)s, %(zone)s, %(day)s, %(rows)s) ON CONFLICT DO NOTHING
""")
_FORGET = prepared("""
    DELETE FROM report_days WHERE zone <> %(zone)s OR report <> ALL (%(reports)s)
""")
_CATEGORIES = prepared("""
    SELECT md5(concat(
        (SELECT json_agg(json_build_array(id, slug, position) ORDER BY id) FROM categories),
        (SELECT sum(hashtextextended(product_id::text || category_id, 0)) FROM product_categories),
        (SELECT count(*) FROM variants), (SELECT id FROM variants ORDER BY id DESC LIMIT 1)))
""")
BY_CATEGORY = "sales:category"


async def kept(session: Reading, report: str, zone: str, first: date, last: date) -> list[str]:
    """Return what the report says of each day from `first` on, up to the first not summed yet."""
    found = await _KEPT.rows(session, report=report, zone=zone, first=first, last=last)
    return [rows for place, (day, rows) in enumerate(found) if day == first + timedelta(place)]


async def keep(session: Session, reports: Mapping[str, Prepared], zone: str, today: date) -> int:
    """Sum a batch of days that have ended, the newest first; return how many sums were made.

    `reports` are the statements for each day, by name. Waits for bookings with earlier times that
    are under way.
    """
    await advisory_locks.take(session, LOCK)
    made = 0
    for name, statement in reports.items():
        back = RECENT if name.startswith(BY_CATEGORY) else LONGEST
        days = {"first": today - back - SETTLED, "last": today - SETTLED, "most": BATCH}
        for (day,) in await _DUE.rows(session, report=name, zone=zone, **days):
            rows = await statement.document(session, first=day, last=day, zone=zone) or b"[]"
            await _KEEP(session, report=name, zone=zone, day=day, rows=rows.decode())
            made += 1
    return made


async def forget_others(session: Session, zone: str, reports: Iterable[str]) -> None:
    """Delete what was summed in another time zone, or is no report any more."""
    await _FORGET(session, zone=zone, reports=list(reports))


async def of_categories(session: Reading) -> str:
    """Return the name of sales by category as categories and variants are now.

    What has been summed when they were others has another name. Of variants that are deleted, no
    sale has a category any more.
    """
    row = await _CATEGORIES.row(session)
    assert row is not None  # noqa: S101 - it aggregates
    return f"{BY_CATEGORY}:{row[0]}"


def merged(rows: Sequence[R], by: Period) -> list[R]:
    """Sum rows of days, and of periods, by period: rows that differ in numbers alone become one."""
    found: dict[tuple[object, ...], R] = {}
    for row in rows:
        row.period = beginning(row.period, by)
        numbers = [it for it in row.__struct_fields__ if isinstance(getattr(row, it), int)]
        named = [getattr(row, it) for it in row.__struct_fields__ if it not in numbers]
        present = found.setdefault(tuple((it is None, it) for it in named), row)
        for name in numbers if present is not row else ():
            setattr(present, name, getattr(present, name) + getattr(row, name))
    return [row for _, row in sorted(found.items(), key=lambda it: it[0])]


def beginning(day: date, by: Period) -> date:
    """Return the first day of the period that a day is in; a week begins on Monday."""
    if by == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if by == "week" else day
