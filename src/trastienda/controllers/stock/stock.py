from trastienda.database.db import transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.listing import CountDraft, CountView
from trastienda.schemas.stock.stock import Level, MovementDraft
from trastienda.services.catalogue import cards
from trastienda.services.stock import counting, stock


@use_case
async def move(sku: str, draft: MovementDraft, context: Context) -> Level:
    """Add units of a SKU to a location, or remove them if the quantity is negative.

    Return the level afterwards. Raise StockNotFound, NothingMoved, or StockPromised if more would
    be removed than is available.
    """
    async with transaction(context.once) as session:
        product_id, level = await stock.move(session, sku, draft, context)
        await cards.refresh(session, [product_id])
        return await session.answer(level)


@use_case
async def count(sku: str, draft: CountDraft, context: Context) -> CountView:
    """Set what a location has of a SKU to what was counted there.

    The difference is a movement; without one, nothing is recorded. Raise StockNotFound,
    StockPromised if fewer were counted than are reserved, or StockMoved.
    """
    async with transaction(context.once) as session:
        product_id, level = await counting.count(session, sku, draft, context)
        if level.difference:
            await cards.refresh(session, [product_id])
        return await session.answer(level)
