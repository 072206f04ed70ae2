"""Reports: a chart, its table, and the same as CSV."""

from collections.abc import Awaitable, Sequence
from datetime import date, timedelta
from typing import Any, get_args

import msgspec
from litestar import Response, get
from msgspec import structs

from trastienda.database.db import Reading, reading, utcnow
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.ledger.report import (
    GiftCardsRow,
    PaymentsRow,
    Period,
    ReportWanted,
    SalesBy,
    SalesRow,
    StockRow,
    TaxRow,
)
from trastienda.services.channels import channels
from trastienda.services.ledger import reports
from trastienda.services.ledger.report_periods import LONGEST
from trastienda.services.pages import charts

Page = Response[Any]
MONTH = timedelta(days=29)
SHOWN = 100
"""Rows: nobody reads the sales of each product on each day; whoever needs them takes the CSV."""
PERIODS, GROUPS = get_args(Period), get_args(SalesBy)
KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "sales": (marked("Sales"), SalesRow),
    "taxes": (marked("Taxes"), TaxRow),
    "payments": (marked("Payments"), PaymentsRow),
    "gift-cards": (marked("Gift cards"), GiftCardsRow),
    "stock": (marked("Stock"), StockRow),
}
# Of rows that have a currency: those of stock have none, and count units under the same names.
MONEY = frozenset({
    "gross", "discounts", "shipping", "refunds", "net", "tax", "total", "taxable",
    "refunded_taxable", "refunded_tax", "captured", "refunded", "disputed", "sold", "granted",
    "spent", "returned", "expired", "change", "owed",
})  # fmt: skip
WORDS = frozenset(["period", "currency", "group", "country", "provider", "sku", "location"])
"""The columns that hold no numbers."""
COLUMNS = {
    "period": marked("From the day"),
    "currency": marked("Currency"),
    "group": marked("Of"),
    "orders": marked("Orders"),
    "gross": marked("Goods"),
    "discounts": marked("Discounts"),
    "shipping": marked("Shipping"),
    "refunds": marked("Refunds"),
    "net": marked("Without tax"),
    "tax": marked("Tax"),
    "total": marked("Total"),
    "country": marked("Country"),
    "rate": marked("Per cent"),
    "taxable": marked("Base"),
    "refunded_taxable": marked("Base taken back"),
    "refunded_tax": marked("Tax taken back"),
    "provider": marked("Provider"),
    "captured": marked("Captured"),
    "disputed": marked("Disputed"),
    "granted": marked("Given away"),
    "spent": marked("Spent"),
    "expired": marked("Expired"),
    "owed": marked("Owed"),
    "refunded": marked("Paid back"),
    "sku": marked("SKU"),
    "location": marked("Location"),
    "received": marked("Received"),
    "sold": marked("Sent"),
    "returned": marked("Came back"),
    "adjusted": marked("Adjusted"),
    "change": marked("Change"),
}


OF_GIFT_CARDS = {"sold": marked("Sold"), "returned": marked("Put back")}
"""What stands above columns that another report has for units of goods."""


@get()
async def show_report(request: AnyRequest, visitor: Asking) -> Page:
    """Show a report of some days; without any, of the last thirty."""
    kind = frames.asked(request, "kind", 20)
    kind = kind if kind in KINDS else "sales"
    today = utcnow().astimezone(frames.zone()).date()
    last = _day(frames.asked(request, "to", 10)) or today
    first = _day(frames.asked(request, "from", 10)) or last - MONTH
    first = min(max(first, last - LONGEST), last)
    by = _one_of(PERIODS, frames.asked(request, "by", 10))
    group = _one_of(GROUPS, frames.asked(request, "group", 10))
    wanted = ReportWanted(first=first, last=last, by=by)
    async with reading() as session:
        rows = await _rows(session, kind, wanted, group)
    own = OF_GIFT_CARDS if kind == "gift-cards" else {}
    columns = [(it, own.get(it) or COLUMNS[it]) for it in KINDS[kind][1].__struct_fields__]
    currency, with_chart = channels.current().default_currency, kind == "sales" and by == "day"
    return frames.shown(
        request,
        visitor,
        "reports.html",
        kind=kind,
        kinds=[(it, name) for it, (name, _) in KINDS.items()],
        rows=[structs.asdict(row) for row in rows[:SHOWN]],
        count=len(rows),
        headings=[
            (frames.text(request, label), "" if name in WORDS else "number")
            for name, label in columns
        ],
        columns=columns,
        money=MONEY,
        words=WORDS,
        wanted=wanted,
        group=group,
        periods=PERIODS,
        groups=GROUPS,
        chart=charts.sales(rows, currency, first, last) if with_chart and group == "all" else None,
        csv=f"/v1/admin/reports/{kind}.csv?from={first}&to={last}&by={by}"
        + (f"&group={group}" if kind == "sales" else ""),
    )


def _rows(
    session: Reading, kind: str, wanted: ReportWanted, group: SalesBy
) -> Awaitable[Sequence[Any]]:
    zone = channels.current().time_zone
    if kind == "taxes":
        return reports.taxes(session, wanted, zone)
    if kind == "payments":
        return reports.payments(session, wanted, zone)
    if kind == "gift-cards":
        return reports.gift_cards(session, wanted, zone)
    if kind == "stock":
        return reports.stock(session, wanted, zone)
    return reports.sales(session, wanted, group, zone)


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and 1970 <= found.year <= 9000 else None  # noqa: PLR2004 - as PostgreSQL


def _one_of(known: Sequence[Any], text: str | None) -> Any:  # noqa: ANN401 - one of them
    return text if text in known else known[0]
