"""A draft order becomes an order, once: staff say so, or its buyer does."""

from uuid import UUID

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.schemas.draft_orders.draft_order import Acceptance, Completion
from trastienda.schemas.orders.order import OrderView, Placed
from trastienda.schemas.shared.context import Context
from trastienda.services.draft_orders import assessing, drafts, links, turning
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import moments
from trastienda.services.orders import orders
from trastienda.services.orders.access import with_token
from trastienda.services.payments import manual


@use_case
async def complete(draft_id: UUID, completion: Completion, context: Context) -> OrderView:
    """Turn a draft order into an order: unpaid, or with the money that has come.

    Raise DraftOrderNotFound, DraftOrderChanged, DraftOrderCompleted, CartNotReady, OutOfStock,
    CouponUsedUp, CouponUsedUpByYou, PromotionUsedUp or QuotesWanted.
    """
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        row.expect_open()
        placed = await _place(session, row, None, context)
        if completion.paid and placed.totals.total:
            placed = await _note(session, placed.id, context)
        return await session.answer(placed)


async def _place(
    session: Session, row: DraftOrder, expected_total: int | None, context: Context
) -> OrderView:
    assessed = await assessing.assess(session, row, context)
    order = await turning.place(session, row, assessed, expected_total, context)
    view = assessing.view(row, assessed)
    await events.append(session, event_types.DRAFT_ORDER_COMPLETED, row.id, view, context)
    await moments.came(session, order.id, InvoiceMoment.PLACED)
    return order


async def _note(session: Session, order_id: UUID, context: Context) -> OrderView:
    """Take note of the money of an order that was placed just now."""
    order = await orders.claim(session, order_id, None)
    amount = order.owed
    order.take(amount)
    await manual.note(session, order, amount, context.asked_at)
    view = await orders.by_id(session, order_id)
    data = orders.snapshot(view, order.locale)
    await events.append(session, event_types.ORDER_PAID, order_id, data, context)
    await moments.came(session, order_id, InvoiceMoment.PAID)
    return view


@use_case
async def accept(
    draft_id: UUID,
    reader: tuple[UUID | None, str | None],
    acceptance: Acceptance,
    context: Context,
) -> Placed:
    """Order a draft order that was sent, as its buyer; once more answers with the same order.

    `reader` is an account and a token. Raise DraftOrderNotFound, DraftOrderExpired, CartNotReady,
    OutOfStock, TotalChanged, CouponUsedUp, CouponUsedUpByYou, PromotionUsedUp or QuotesWanted.
    """
    user_id, token = reader
    opened = links.opens(token, draft_id, context.asked_at)
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        drafts.expect_readable(row, user_id, opened=opened)
        if row.order_id is not None:
            before = await orders.for_buyer(session, row.order_id)
            seen = with_token(before, before.placed_at)
            return Placed(await session.answer(seen, again=True), again=True)
        row.expect_orderable(context.asked_at)
        order = await _place(session, row, acceptance.expected_total, context)
        return Placed(await session.answer(with_token(order, order.placed_at)))
