"""Reports as the points of a chart: a period without rows counts nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from trastienda.schemas.ledger.report import SalesRow
from trastienda.schemas.pages.chart import Chart

DAY = timedelta(days=1)


def sales(rows: Sequence[SalesRow], currency: str, first: date, last: date) -> Chart:
    """Return the totals of each day in one currency, in minor units."""
    totals = {it.period: it.total for it in rows if it.currency == currency}
    days = [first + DAY * number for number in range((last - first).days + 1)]
    at = [int(datetime.combine(day, time(), UTC).timestamp()) for day in days]
    return Chart(currency=currency, at=at, totals=[totals.get(day, 0) for day in days])


def of_day(rows: Sequence[SalesRow], day: date) -> list[SalesRow]:
    """Return the sales of one day, by currency."""
    return [it for it in rows if it.period == day]
