"""The time that a report covers, and how its rows are read."""

from datetime import timedelta

from trastienda.database.db import Prepared, Reading
from trastienda.errors import Invalid
from trastienda.schemas.ledger.report import ReportWanted

LONGEST = timedelta(days=400)
TIME_SQL = """
    {at} >= %(first)s::date::timestamp AT TIME ZONE %(zone)s
        AND {at} < (%(last)s::date + 1)::timestamp AT TIME ZONE %(zone)s
"""


async def read(session: Reading, statement: Prepared, wanted: ReportWanted, zone: str) -> bytes:
    """Return the rows of a report as JSON. Raise ReportPeriodUnusable."""
    expect_usable(wanted)
    names = {"first": wanted.first, "last": wanted.last, "zone": zone}
    return await statement.document(session, **names) or b"[]"


def expect_usable(wanted: ReportWanted) -> None:
    """Raise ReportPeriodUnusable."""
    if not timedelta(0) <= wanted.last - wanted.first < LONGEST:
        raise ReportPeriodUnusable(pointer="/to", limit=LONGEST.days)


def as_document(sql: str, key: int = 3) -> str:
    """Give all rows as one JSON document, in the order of their first columns."""
    columns = ", ".join(str(column) for column in range(1, key + 1))
    document = "SELECT coalesce(json_agg(report), '[]')::text"
    return f"{document} FROM ({sql} ORDER BY {columns}) AS report"


class ReportPeriodUnusable(Invalid):
    """A report ends on the day it begins or later, and covers 400 days at most."""
