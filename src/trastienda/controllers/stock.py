from trastienda.database.db import transaction, use_case
from trastienda.schemas.stock import Level, MovementDraft
from trastienda.schemas.terms import Terms
from trastienda.services import cards, stock


@use_case
async def move(sku: str, draft: MovementDraft, terms: Terms) -> Level:
    """Book stock in or out. Raise StockNotFound, NothingMoved or StockPromised."""
    async with transaction(terms.once) as session:
        product_id, level = await stock.move(session, sku, draft, terms)
        await cards.refresh(session, [product_id])
        return await session.answer(level)
