"""What staff add to an order for each other."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.orders.note import NoteDraft, NoteView, TagsDraft
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.orders import annotations, orders


@use_case
async def tag(order_id: UUID, draft: TagsDraft, context: Context) -> OrderView:
    """Give an order these tags and no others. Raise OrderNotFound, OrderChanged or TooManyTags."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        return await session.answer(await annotations.tag(session, order, draft.tags, context))


@use_case
async def note(order_id: UUID, draft: NoteDraft, context: Context) -> NoteView:
    """Add a note to an order. Raise OrderNotFound."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        return await session.answer(await annotations.note(session, order, draft, context))
