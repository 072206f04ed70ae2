"""What variants cost and have cost, as staff read it."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import PathParameter, QueryParameter

from trastienda.database.db import reading
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.price_history import PriceHistory
from trastienda.services import price_history

Sku = Annotated[str, PathParameter(max_length=64)]
OneCurrency = Annotated[
    str | None, QueryParameter(pattern=r"\A[A-Z]{3}\Z", description="Only prices in this one.")
]


@get()
async def get_price_history(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    terms: Asked,
    *,
    sku: Sku,
    limit: Limit = 24,
    cursor: Cursor = None,
    currency: OneCurrency = None,
) -> Response[PriceHistory]:
    """Say what a variant costs now, and what everybody saw before, the newest first."""
    async with reading() as session:
        page = await price_history.page(session, sku, currency, terms.asked_at, (limit, cursor))
    return Response(page, headers=next_link(request.scope, page.next_cursor))
