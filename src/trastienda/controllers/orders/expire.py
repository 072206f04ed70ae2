"""Unpaid orders: their buyers are reminded once, and then the orders are cancelled.

Each order has a transaction of its own, which locks it and looks at it again: staff may have taken
note of its payment meanwhile, and another node may be at the same work.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.orders.order import CancelReason
from trastienda.database.models.payments.refund import RefundReason
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import issuing
from trastienda.services.orders import (
    books,
    fulfilment_events,
    fulfilments,
    orders,
    reservations,
    unpaid,
)
from trastienda.services.payments import granting

UNPAID = RefundDraft(reason=RefundReason.CANCELLED)


async def remind_unpaid(context: Context) -> int:
    """Tell of orders that expire soon, a batch; return how many."""
    async with reading() as session:
        found = await unpaid.to_remind(session, context.asked_at)
    return await _each(found, _remind, context)


async def expire_unpaid(context: Context) -> int:
    """Cancel the orders whose time to be paid is over, a batch; return how many."""
    async with reading() as session:
        found = await unpaid.expired(session, context.asked_at)
    return await _each(found, _expire, context)


async def _each(
    found: Sequence[UUID], work: Callable[[UUID, Context], Awaitable[bool]], context: Context
) -> int:
    """Do it to one after the other; a failure keeps no other back, and is raised at the end."""
    done, failures = 0, []
    for order_id in found:
        (result,) = await asyncio.gather(work(order_id, context), return_exceptions=True)
        if isinstance(result, BaseException):
            failures.append(result)
        else:
            done += result
    for failure in failures:
        raise failure
    return done


@use_case
async def _remind(order_id: UUID, context: Context) -> bool:
    async with transaction() as session:
        if not await unpaid.claim_to_remind(session, order_id, context.asked_at):
            return False
        order = await orders.claim(session, order_id, None)
        order.remind_of_payment(context.asked_at)
        await session.orm.flush()
        data = orders.snapshot(await orders.by_id(session, order_id), order.locale)
        await events.append(session, event_types.ORDER_PAYMENT_REMINDED, order_id, data, context)
    return True


@use_case
async def _expire(order_id: UUID, context: Context) -> bool:
    async with transaction() as session:
        if not await unpaid.claim_expired(session, order_id, context.asked_at):
            return False
        order = await orders.claim(session, order_id, None)
        await books.catch_up(session, order, context.asked_at)
        order.cancel(CancelReason.UNPAID)
        unpacked = await fulfilments.unpack_all(session, order)
        await session.orm.flush()
        await granting.settle_cancelled(session, order, UNPAID, context)
        await reservations.release(session, order_id, context)
        await issuing.withdraw(session, order, context.asked_at)
        data = orders.snapshot(await orders.by_id(session, order_id), order.locale)
        await events.append(session, event_types.ORDER_CANCELLED, order_id, data, context)
        await fulfilment_events.tell_cancelled(session, unpacked, order, context)
    return True
