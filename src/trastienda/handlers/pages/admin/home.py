"""Where staff begin: what sold, what waits, and what a new shop still needs; and the search."""

from datetime import date, timedelta
from typing import Any

from litestar import Response, get

from trastienda.database.db import Reading, reading, utcnow
from trastienda.handlers.pages.admin import frames, navigation
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.ledger.report import ReportWanted
from trastienda.schemas.shared.visitor import Visitor
from trastienda.schemas.stock.listing import StockWanted
from trastienda.services.channels import channels
from trastienda.services.ledger import reports
from trastienda.services.pages import charts, home, search
from trastienda.services.stock import listing as stock

Page = Response[Any]
DAYS = timedelta(days=29)
"""Of the chart, beside today."""
SHOWN = 6


@get()
async def show_admin(request: AnyRequest, visitor: Asking) -> Page:
    """Show what sold and what waits, as far as the visitor may see it."""
    channel, today = channels.current(), utcnow().astimezone(frames.zone()).date()
    async with reading() as session:
        to_do, steps = await home.waiting(session, channel.id)
        facts = {
            "to_do": to_do,
            **await _sales(session, visitor, today),
            "running_out": await _running_out(session, request, visitor),
        }
    return frames.shown(
        request,
        visitor,
        "home.html",
        steps=steps,
        all_done=home.is_done(steps),
        most=home.MOST,
        low=home.LOW,
        **facts,
    )


async def _sales(session: Reading, visitor: Visitor, today: date) -> dict[str, Any]:
    if "reports.read" not in visitor.scopes:
        return {"today": None, "chart": None}
    first, channel = today - DAYS, channels.current()
    wanted = ReportWanted(first=first, last=today)
    rows = await reports.sales(session, wanted, "all", channel.time_zone)
    chart = charts.sales(rows, channel.default_currency, first, today)
    return {"today": charts.of_day(rows, today), "chart": chart, "sales": rows}


async def _running_out(session: Reading, request: AnyRequest, visitor: Visitor) -> list[Any]:
    if "stock.read" not in visitor.scopes:
        return []
    wanted = StockWanted(limit=SHOWN, available_below=home.LOW)
    found: list[Any] = (await stock.page(session, wanted, frames.locale(request))).items
    return found


@get()
async def search_admin(request: AnyRequest, visitor: Asking) -> Page:
    """Find orders, products, customers and pages."""
    q, frame_locale = frames.asked(request, "q", 200), frames.locale(request)
    found = None
    if q:
        async with reading() as session:
            found = await search.everything(session, q, frame_locale, visitor.scopes)
    named = [(frames.text(request, it.name), it.href) for it in navigation.every(visitor.scopes)]
    places = [it for it in named if q and q.casefold() in it[0].casefold()]
    return frames.shown(request, visitor, "search.html", q=q, found=found, found_places=places)
