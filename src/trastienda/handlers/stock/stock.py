"""Stock levels and the movements that change them."""

from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter

from trastienda.controllers.stock import stock
from trastienda.database.db import reading
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.stock.stock import Level, MovementDraft, StockLevels
from trastienda.services.stock.stock import levels

Sku = Annotated[str, PathParameter(max_length=64)]


@get()
async def get_stock(sku: Sku) -> StockLevels:
    """List the units of a SKU at each location, and how many of them are reserved."""
    async with reading() as session:
        return StockLevels(await levels(session, sku))


@post()
async def move_stock(context: RequestContext, sku: Sku, data: JSONBody[MovementDraft]) -> Level:
    """Add units (positive) or remove them (negative), with a reason that the ledger records."""
    return await stock.move(sku, data, context)
