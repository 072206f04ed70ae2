"""Price lists, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import price_lists
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.price_list import (
    ListedPrices,
    ListedPricesDraft,
    PriceListDraft,
    PriceListPatch,
    PriceLists,
    PriceListView,
)
from trastienda.services import price_lists as price_lists_on_record

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
    terms: Asked, data: JSONBody[PriceListDraft]
) -> Response[PriceListView]:
    """Begin a price list; its prices come next."""
    return versioned(await price_lists.create(data, terms), 201)


@get()
async def get_price_list(list_id: FromPath[UUID]) -> Response[PriceListView]:
    """Read a price list, without its prices."""
    async with reading() as session:
        return versioned(await price_lists_on_record.view(session, list_id))


@patch()
async def change_price_list(
    terms: Asked, list_id: FromPath[UUID], data: JSONBody[PriceListPatch]
) -> Response[PriceListView]:
    """Change what you name, and nothing else; prices that everybody sees follow at once."""
    return versioned(await price_lists.change(list_id, data, terms))


@delete()
async def delete_price_list(terms: Asked, list_id: FromPath[UUID]) -> None:
    """Delete a list with its prices; orders keep what they say."""
    await price_lists.remove(list_id, terms)


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
    terms: Asked, list_id: FromPath[UUID], data: JSONBody[ListedPricesDraft]
) -> Response[PriceListView]:
    """Add or replace up to 1,000 prices, all or none; the others stay."""
    return versioned(await price_lists.set_prices(list_id, data, terms))


@delete()
async def delete_listed_prices(terms: Asked, list_id: FromPath[UUID], sku: Sku) -> None:
    """Take all prices of one SKU out of the list."""
    await price_lists.drop_prices(list_id, sku, terms)
