"""Stock levels, and the movements and counts that change them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, PathParameter, QueryParameter

from trastienda.controllers.stock import stock
from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.stock.stock import Reason
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.stock.listing import (
    CountDraft,
    CountView,
    StockMovementPage,
    StockMovementsWanted,
    StockPage,
    StockWanted,
)
from trastienda.schemas.stock.stock import MOST_MOVED, Level, MovementDraft, StockLevels
from trastienda.services.stock import listing
from trastienda.services.stock.stock import levels

Sku = Annotated[str, PathParameter(max_length=64)]
OneSku = Annotated[str | None, QueryParameter(min_length=1, max_length=64)]
Place = Annotated[
    str | None, QueryParameter(min_length=1, max_length=64, description="The code of a location.")
]
Below = Annotated[
    int | None,
    QueryParameter(
        ge=1, le=MOST_MOVED, description="Only where fewer units than this are available."
    ),
]


@get()
async def list_stock(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    locale: NamedDependency[Locale],
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    sku: OneSku = None,
    product_id: FromQuery[UUID | None] = None,
    location: Place = None,
    available_below: Below = None,
    reserved: FromQuery[bool | None] = None,
) -> Response[StockPage]:
    """List the stock of all variants at all locations, by SKU.

    `reserved=true` lists what orders wait for, `available_below` what runs out.
    """
    filters: Any = {"sku": sku, "product_id": product_id, "location": location}
    levels_: Any = {"available_below": available_below, "reserved": reserved}
    wanted = StockWanted(limit=limit, cursor=cursor, **filters, **levels_)
    async with reading() as session:
        page = await listing.page(session, wanted, locale)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_stock(sku: Sku) -> StockLevels:
    """List the units of a SKU at each location, and how many of them are reserved."""
    async with reading() as session:
        return StockLevels(await levels(session, sku))


@get()
async def list_movements(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    sku: Sku,
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    location: Place = None,
    reason: FromQuery[Reason | None] = None,
) -> Response[StockMovementPage]:
    """List what moved the stock of a SKU, the newest first."""
    wanted = StockMovementsWanted(limit=limit, cursor=cursor, location=location, reason=reason)
    async with reading() as session:
        page = await listing.movements(session, sku, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def move_stock(context: RequestContext, sku: Sku, data: JSONBody[MovementDraft]) -> Level:
    """Add units (positive) or remove them (negative), with a reason that the ledger records."""
    return await stock.move(sku, data, context)


@post()
async def count_stock(context: RequestContext, sku: Sku, data: JSONBody[CountDraft]) -> CountView:
    """Say how many units were counted at a location; the difference becomes a movement.

    What is reserved for orders is on the shelf too, so count it. With `expected`, what was
    `on_hand` when the count began, a parcel that left meanwhile is not counted twice: 409
    `/problems/stock-moved`.
    """
    return await stock.count(sku, data, context)
