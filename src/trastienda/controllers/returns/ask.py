"""What customers ask for: a return, or none any more. Staff do both for them."""

from datetime import timedelta
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.returns.order_return import (
    ReturnDraft,
    ReturnView,
    StaffReturnDraft,
    StaffReturnView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.events import types as event_types
from trastienda.services.orders import orders
from trastienda.services.returns import (
    ending,
    exchanging,
    policies,
    reasons,
    returnable,
    returns,
    telling,
)


@use_case
async def ask(order_id: UUID, draft: ReturnDraft, context: Context) -> ReturnView:
    """Ask for a return of units that were sent; staff decide.

    The caller has made sure that the visitor may read the order. Raise OrderChanged,
    ReturnsNotOffered, NothingSentYet, ReturnWindowOver, ReturnLineUnknown, MoreThanReturnable,
    ReturnReasonUnknown, ReturnNoteMissing, SkuUnknown or TooManyReturns.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        view = await orders.by_id(session, order_id)
        policy = await policies.of_channel(session, order.channel_id)
        returnable.expect_window(view, policy, context.asked_at)
        units = returnable.wanted(await returnable.units(session, view), draft)
        reason = await reasons.chosen(session, draft.reason, draft.note)
        await exchanging.known(session, draft.exchange)
        made = await returns.new(session, order, units, (draft, reason, False), context)
        await telling.tell(session, event_types.RETURN_REQUESTED, made.id, order, context)
        shown = await returns.for_buyer(session, order_id, made.id, context.locale)
        return await session.answer(shown)


@use_case
async def make(order_id: UUID, draft: StaffReturnDraft, context: Context) -> StaffReturnView:
    """Make a return for a customer, approved at once, also when the time for it has ended.

    Raise OrderNotFound, OrderChanged, ReturnLineUnknown, MoreThanReturnable, ReturnReasonUnknown,
    ReturnNoteMissing, SkuUnknown, OutOfStock or TooManyReturns.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        view = await orders.by_id(session, order_id)
        units = returnable.wanted(await returnable.units(session, view), draft)
        reason = await reasons.chosen(session, draft.reason, draft.note)
        await exchanging.known(session, draft.exchange)
        policy = await policies.of_channel(session, order.channel_id)
        made = await returns.new(session, order, units, (draft, reason, True), context)
        await telling.tell(session, event_types.RETURN_REQUESTED, made.id, order, context)
        days = policy.expiry_days
        ends = context.asked_at + timedelta(days=days) if days else None
        made.approve(context.asked_at, ends)
        if draft.reserve:
            await exchanging.hold(session, made, draft.exchange, context)
        made.instructions, made.label_reference = draft.instructions, draft.label_reference
        await telling.tell(session, event_types.RETURN_APPROVED, made.id, order, context)
        return await session.answer(await returns.by_id(session, made.id, context.locale))


@use_case
async def withdraw_own(order_id: UUID, return_id: UUID, context: Context) -> ReturnView:
    """Give a return of this order up before anything has arrived.

    The caller has made sure that the visitor may read the order. Raise ReturnNotFound,
    ReturnChanged or ReturnUnderWay.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, None)
        await returns.for_buyer(session, order_id, return_id, context.locale)
        given_up = await returns.claim(session, return_id, context.seen)
        await ending.withdraw(session, given_up, context)
        await telling.tell(session, event_types.RETURN_WITHDRAWN, return_id, order, context)
        shown = await returns.for_buyer(session, order_id, return_id, context.locale)
        return await session.answer(shown)


@use_case
async def withdraw(return_id: UUID, context: Context) -> StaffReturnView:
    """Give a return up for its customer. Raise ReturnNotFound, ReturnChanged or ReturnUnderWay."""
    async with transaction(context.once) as session:
        order = await orders.claim(session, await returns.order_of(session, return_id), None)
        given_up = await returns.claim(session, return_id, context.seen)
        await ending.withdraw(session, given_up, context)
        await telling.tell(session, event_types.RETURN_WITHDRAWN, return_id, order, context)
        return await session.answer(await returns.by_id(session, return_id, context.locale))
