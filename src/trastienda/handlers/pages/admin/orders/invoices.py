"""Invoices and credit notes of all orders."""

from typing import Any

from litestar import Response, get

from trastienda.database.db import reading
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.invoices.invoice import InvoicesWanted
from trastienda.services.invoices import invoices

Page = Response[Any]


@get()
async def show_invoices(request: AnyRequest, visitor: Asking) -> Page:
    """List invoices and credit notes, the newest first."""
    number = frames.asked(request, "number", 60)
    wanted = InvoicesWanted(limit=frames.SHOWN, cursor=frames.cursor(request), number=number)
    async with reading() as session:
        found = await invoices.page(session, wanted)
    return frames.shown(
        request,
        visitor,
        "orders/invoices.html",
        items=found.items,
        number=number,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )
