"""Price lists, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.prices import lists as price_lists
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.prices.list import (
    ListedPrices,
    ListedPricesDraft,
    PriceListDraft,
    PriceListPatch,
    PriceLists,
    PriceListView,
)
from trastienda.services.prices import lists as price_lists_on_record

Sku = Annotated[str, QueryParameter(min_length=1, max_length=64)]


@get()
async def list_price_lists(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None
) -> Response[PriceLists]:
    """List price lists, the newest first."""
    async with reading() as session:
        page = await price_lists_on_record.page(session, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_price_list(
    context: RequestContext, data: JSONBody[PriceListDraft]
) -> Response[PriceListView]:
    """Create a price list without prices; add them in a second step."""
    return versioned(await price_lists.create(data, context), 201)


@get()
async def get_price_list(list_id: FromPath[UUID]) -> Response[PriceListView]:
    """Read a price list, without its prices."""
    async with reading() as session:
        return versioned(await price_lists_on_record.view(session, list_id))


@patch()
async def change_price_list(
    context: RequestContext, list_id: FromPath[UUID], data: JSONBody[PriceListPatch]
) -> Response[PriceListView]:
    """Change only the fields that you send; listed prices change at once."""
    return versioned(await price_lists.change(list_id, data, context))


@delete()
async def delete_price_list(context: RequestContext, list_id: FromPath[UUID]) -> None:
    """Delete a price list with its prices; orders keep their prices."""
    await price_lists.remove(list_id, context)


@get()
async def list_listed_prices(
    request: Request[Any, Any, Any],
    list_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[ListedPrices]:
    """List the prices of a price list."""
    async with reading() as session:
        page = await price_lists_on_record.prices(session, list_id, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@put()
async def set_listed_prices(
    context: RequestContext, list_id: FromPath[UUID], data: JSONBody[ListedPricesDraft]
) -> Response[PriceListView]:
    """Add or replace up to 1,000 prices, all or none; the others stay."""
    return versioned(await price_lists.set_prices(list_id, data, context))


@delete()
async def delete_listed_prices(context: RequestContext, list_id: FromPath[UUID], sku: Sku) -> None:
    """Remove all prices of one SKU from the list."""
    await price_lists.remove_prices(list_id, sku, context)
