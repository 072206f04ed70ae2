"""Approved returns of which nothing arrives end after a while. Each has its own transaction."""

import asyncio
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.returns.order_return import ReturnState
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.orders import orders
from trastienda.services.returns import ending, overdue, returns, telling


async def expire(context: Context) -> int:
    """End the returns whose time is over, a batch; return how many.

    A failure keeps no other back, and is raised at the end.
    """
    async with reading() as session:
        found = await overdue.overdue(session, context.asked_at)
    ended, failures = 0, []
    for return_id in found:
        (result,) = await asyncio.gather(_expire(return_id, context), return_exceptions=True)
        if isinstance(result, BaseException):
            failures.append(result)
        else:
            ended += result
    for failure in failures:
        raise failure
    return ended


@use_case
async def _expire(return_id: UUID, context: Context) -> bool:
    """End a return, unless goods have arrived meanwhile or another node was faster."""
    async with transaction() as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        late = await returns.claim(session, return_id, None)
        if late.status is not ReturnState.APPROVED:
            return False
        await ending.expire(session, late, context)
        await telling.tell(session, event_types.RETURN_EXPIRED, return_id, order, context)
    return True
