"""What staff write down for a buyer."""

from datetime import timedelta
from uuid import UUID

from msgspec import UNSET, structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.schemas.draft_orders.draft_order import (
    DraftOrderDraft,
    DraftOrderPatch,
    DraftOrderView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.draft_orders import assessing, drafts, holding
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given


@use_case
async def create(draft: DraftOrderDraft, context: Context) -> DraftOrderView:
    """Put a draft order together.

    Raise CurrencyUnknown, AddressUnusable, CountryUnknown, ReservationOver,
    DraftOrderCustomerUnknown, ShippingOptionNotFound, OutOfStock if stock is to be reserved,
    QuotesWanted, or what `drafts.written` raises.
    """
    fields, now = structs.asdict(draft), context.asked_at
    drafts.check(fields, now)
    channel, currency = channels.current(), channels.currency(draft.currency)
    fields |= {"currency": currency, "locale": (draft.locale or channel.locale)}
    if draft.expires_at is UNSET:
        days = channel.draft_order_days
        fields["expires_at"] = None if days is None else now + timedelta(days=days)
    async with transaction(context.once) as session:
        fields = await drafts.written(session, fields, None, currency, context)
        row = DraftOrder(channel_id=channel.id, created_at=now, updated_at=now, **fields)
        await drafts.save(session, row)
        await holding.settle(session, row, context)
        view = assessing.view(row, await assessing.assess(session, row, context))
        return await events.record(session, event_types.DRAFT_ORDER.created, view, context)


@use_case
async def change(draft_id: UUID, patch: DraftOrderPatch, context: Context) -> DraftOrderView:
    """Change a draft order that is no order yet, and what it holds with it.

    Raise DraftOrderNotFound, DraftOrderChanged, DraftOrderCompleted, or what `create` raises.
    """
    fields = given(patch)
    drafts.check(fields, context.asked_at)
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        fields = await drafts.written(session, fields, row, row.currency, context)
        drafts.touch(row, fields, context.asked_at)
        await drafts.save(session, row)
        await holding.settle(session, row, context)
        view = assessing.view(row, await assessing.assess(session, row, context))
        return await events.record(session, event_types.DRAFT_ORDER.changed, view, context)


@use_case
async def remove(draft_id: UUID, context: Context) -> None:
    """Delete a draft order, and release what it holds.

    Raise DraftOrderNotFound, DraftOrderChanged or DraftOrderCompleted.
    """
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        row.expect_open()
        await holding.release(session, row, context)
        await drafts.remove(session, row)
        await events.record_deletion(session, event_types.DRAFT_ORDER.deleted, draft_id, context)
