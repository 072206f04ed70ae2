"""Orders that are not in the ledger yet are brought there, each in a transaction of its own."""

from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.services.orders import books, orders


async def catch_up(context: Context) -> int:
    """Book orders that the ledger lacks, a batch, the oldest first; return how many."""
    async with reading() as session:
        found = await books.unbooked(session)
    for order_id in found:
        await _book(order_id, context)
    return len(found)


@use_case
async def _book(order_id: UUID, context: Context) -> None:
    async with transaction() as session:
        order = await orders.claim(session, order_id, None)
        await books.catch_up(session, order, context.asked_at)
