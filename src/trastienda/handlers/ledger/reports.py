"""Reports for staff, as JSON or as CSV. Days are those of the channel's time zone."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from trastienda.database.db import reading
from trastienda.schemas.ledger.report import (
    GiftCardsReport,
    GiftCardsRow,
    PaymentsReport,
    PaymentsRow,
    Period,
    ReportWanted,
    SalesBy,
    SalesReport,
    SalesRow,
    StockReport,
    StockRow,
    TaxReport,
    TaxRow,
)
from trastienda.services.channels import channels
from trastienda.services.ledger import reports

First = Annotated[date, QueryParameter(name="from", description="The first day")]
Last = Annotated[date, QueryParameter(name="to", description="The last day, itself included")]
By = FromQuery[Period]
Group = FromQuery[SalesBy]


@get()
async def report_sales(
    first: First, last: Last, by: By = "day", group: Group = "all"
) -> SalesReport:
    """Sum sales by period and currency, and by product, category or country if you say so."""
    return SalesReport(await _sales(_wanted(first, last, by), group))


@get(media_type="text/csv")
async def export_sales(
    first: First, last: Last, by: By = "day", group: Group = "all"
) -> Response[str]:
    """Give the report of sales as CSV, with a line that names the columns."""
    return _sheet("sales", SalesRow, await _sales(_wanted(first, last, by), group))


@get()
async def report_taxes(first: First, last: Last, by: By = "day") -> TaxReport:
    """Sum taxes by period, currency, country and rate, as the EU's one-stop shop asks for them."""
    return TaxReport(await _taxes(_wanted(first, last, by)))


@get(media_type="text/csv")
async def export_taxes(first: First, last: Last, by: By = "day") -> Response[str]:
    """Give the report of taxes as CSV, with a line that names the columns."""
    return _sheet("taxes", TaxRow, await _taxes(_wanted(first, last, by)))


@get()
async def report_payments(first: First, last: Last, by: By = "day") -> PaymentsReport:
    """Sum what each payment provider took and paid back, by period and currency."""
    return PaymentsReport(await _payments(_wanted(first, last, by)))


@get(media_type="text/csv")
async def export_payments(first: First, last: Last, by: By = "day") -> Response[str]:
    """Give the report of payments as CSV, with a line that names the columns."""
    return _sheet("payments", PaymentsRow, await _payments(_wanted(first, last, by)))


@get()
async def report_gift_cards(first: First, last: Last, by: By = "day") -> GiftCardsReport:
    """Sum what became of gift cards by period and currency, and what is owed on them then."""
    return GiftCardsReport(await _gift_cards(_wanted(first, last, by)))


@get(media_type="text/csv")
async def export_gift_cards(first: First, last: Last, by: By = "day") -> Response[str]:
    """Give the report of gift cards as CSV, with a line that names the columns."""
    rows = await _gift_cards(_wanted(first, last, by))
    return _sheet("gift-cards", GiftCardsRow, rows)


@get()
async def report_stock(first: First, last: Last, by: By = "day") -> StockReport:
    """Sum what came into stock and left it, by period, SKU and location."""
    return StockReport(await _stock(_wanted(first, last, by)))


@get(media_type="text/csv")
async def export_stock(first: First, last: Last, by: By = "day") -> Response[str]:
    """Give the report of stock as CSV, with a line that names the columns."""
    return _sheet("stock", StockRow, await _stock(_wanted(first, last, by)))


def _wanted(first: date, last: date, by: Period) -> ReportWanted:
    return ReportWanted(first=first, last=last, by=by)


async def _sales(wanted: ReportWanted, group: SalesBy) -> list[SalesRow]:
    async with reading() as session:
        return await reports.sales(session, wanted, group, channels.current().time_zone)


async def _taxes(wanted: ReportWanted) -> list[TaxRow]:
    async with reading() as session:
        return await reports.taxes(session, wanted, channels.current().time_zone)


async def _payments(wanted: ReportWanted) -> list[PaymentsRow]:
    async with reading() as session:
        return await reports.payments(session, wanted, channels.current().time_zone)


async def _gift_cards(wanted: ReportWanted) -> list[GiftCardsRow]:
    async with reading() as session:
        return await reports.gift_cards(session, wanted, channels.current().time_zone)


async def _stock(wanted: ReportWanted) -> list[StockRow]:
    async with reading() as session:
        return await reports.stock(session, wanted, channels.current().time_zone)


def _sheet(name: str, kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> Response[str]:
    """Write rows as CSV (RFC 4180); text never begins as a formula of a spreadsheet does."""
    text = StringIO()
    sheet = csv.writer(text)
    sheet.writerow(kind.__struct_fields__)
    for row in rows:
        sheet.writerow([_cell(value) for value in msgspec.structs.astuple(row)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _cell(value: object) -> object:
    if isinstance(value, str) and value[:1] in set("=+-@\t\r"):
        return f"'{value}"
    return "" if value is None else value
