"""What staff write down for a buyer."""

from uuid import UUID

from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.schemas.draft_orders.draft_order import (
    DraftOrderDraft,
    DraftOrderPatch,
    DraftOrderView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.draft_orders import assessing, drafts
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given


@use_case
async def create(draft: DraftOrderDraft, context: Context) -> DraftOrderView:
    """Put a draft order together.

    Raise CurrencyUnknown, SkuUnknown, DraftOrderSkuTwice, PriceReasonMissing, AddressUnusable,
    CountryUnknown, DraftOrderCustomerUnknown, ShippingOptionNotFound or QuotesWanted.
    """
    fields = structs.asdict(draft)
    drafts.check(fields)
    channel, currency = channels.current(), channels.currency(draft.currency)
    async with transaction(context.once) as session:
        fields = drafts.columns(fields)
        fields |= {"currency": currency, "locale": (draft.locale or channel.locale)}
        fields["lines"] = await drafts.stored(session, draft.lines, [], currency, context)
        now = context.asked_at
        row = DraftOrder(channel_id=channel.id, created_at=now, updated_at=now, **fields)
        await drafts.save(session, row)
        view = assessing.view(row, await assessing.assess(session, row, context))
        return await events.record(session, event_types.DRAFT_ORDER.created, view, context)


@use_case
async def change(draft_id: UUID, patch: DraftOrderPatch, context: Context) -> DraftOrderView:
    """Change a draft order that is no order yet.

    Raise DraftOrderNotFound, DraftOrderChanged, DraftOrderCompleted, or what `create` raises.
    """
    fields = given(patch)
    drafts.check(fields)
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        lines = fields.pop("lines", None)
        fields = drafts.columns(fields)
        if lines is not None:
            kept = await drafts.stored(session, lines, row.lines, row.currency, context)
            fields["lines"] = kept
        drafts.touch(row, fields, context.asked_at)
        await drafts.save(session, row)
        view = assessing.view(row, await assessing.assess(session, row, context))
        return await events.record(session, event_types.DRAFT_ORDER.changed, view, context)


@use_case
async def remove(draft_id: UUID, context: Context) -> None:
    """Delete a draft order. Raise DraftOrderNotFound, DraftOrderChanged or DraftOrderCompleted."""
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        row.expect_open()
        await drafts.remove(session, row)
        await events.record_deletion(session, event_types.DRAFT_ORDER.deleted, draft_id, context)
