"""Stock levels and the movements that change them."""

from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, PathParameter

from trastienda.controllers import stock
from trastienda.database.db import reading
from trastienda.handlers.terms import Asked
from trastienda.schemas.stock import Level, MovementDraft, StockLevels
from trastienda.services.stock import levels

Sku = Annotated[str, PathParameter(max_length=64)]


@get()
async def get_stock(sku: Sku) -> StockLevels:
    """Say what each location holds of a SKU, and how much of it is promised."""
    async with reading() as session:
        return StockLevels(await levels(session, sku))


@post()
async def move_stock(terms: Asked, sku: Sku, data: JSONBody[MovementDraft]) -> Level:
    """Book stock in (positive) or out (negative), with a reason; it stays in the ledger."""
    return await stock.move(sku, data, terms)
