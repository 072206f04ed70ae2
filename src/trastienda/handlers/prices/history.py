"""The price history of variants, for staff."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter

from trastienda.database.db import reading
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.prices.history import PriceHistory
from trastienda.services.prices import history

Sku = Annotated[str, PathParameter(max_length=64)]
OneCurrency = Annotated[
    str | None, QueryParameter(pattern=r"\A[A-Z]{3}\Z", description="Only in this currency.")
]


@get()
async def get_price_history(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    context: RequestContext,
    *,
    sku: Sku,
    limit: Limit = 24,
    cursor: Cursor = None,
    currency: OneCurrency = None,
) -> Response[PriceHistory]:
    """Show the listed prices of a variant: the current ones, and the former ones, newest first."""
    async with reading() as session:
        page = await history.page(session, sku, currency, context.asked_at, (limit, cursor))
    return Response(page, headers=next_link(request.scope, page.next_cursor))
