"""What staff decide about a return that a customer asks for."""

from datetime import timedelta
from uuid import UUID

from msgspec import convert, to_builtins

from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import LineDraft
from trastienda.schemas.returns.order_return import ReturnApproval, ReturnRefusal, StaffReturnView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.orders import orders
from trastienda.services.returns import exchanging, policies, returns, telling


@use_case
async def approve(return_id: UUID, draft: ReturnApproval, context: Context) -> StaffReturnView:
    """Let the goods come, and say how; from now on they are waited for.

    What is wanted instead is reserved until it ends, unless staff say no. Raise ReturnNotFound,
    ReturnChanged, ReturnNotAsked, SkuUnknown or OutOfStock.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        asked = await returns.claim(session, return_id, context.seen)
        policy = await policies.of_channel(session, order.channel_id)
        days = policy.expiry_days
        asked.approve(context.asked_at, context.asked_at + timedelta(days=days) if days else None)
        asked.instructions, asked.label_reference = draft.instructions, draft.label_reference
        wanted = draft.exchange
        if wanted is None:
            wanted = convert(asked.exchange, list[LineDraft])
        else:
            await exchanging.known(session, wanted)
            asked.exchange = to_builtins(wanted)
        if draft.reserve:
            await exchanging.hold(session, asked, wanted, context)
        await telling.tell(session, event_types.RETURN_APPROVED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))


@use_case
async def refuse(return_id: UUID, draft: ReturnRefusal, context: Context) -> StaffReturnView:
    """Say no to a return, and why. Raise ReturnNotFound, ReturnChanged or ReturnNotAsked."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        asked = await returns.claim(session, return_id, context.seen)
        asked.refuse(context.asked_at, draft.reason)
        await telling.tell(session, event_types.RETURN_REFUSED, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))
