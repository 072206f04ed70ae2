"""How staff create, change and delete promotions; a change of a sale also changes prices."""

from uuid import UUID

from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.promotions.promotion import Promotion
from trastienda.schemas.promotions.promotion import PromotionDraft, PromotionPatch, PromotionView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import sales
from trastienda.services.promotions import promotions, requirements
from trastienda.services.shared.records import given, rewrite


@use_case
async def create(draft: PromotionDraft, context: Context) -> PromotionView:
    """Create a promotion. Amounts are in minor units.

    Raise TargetUnknown, NoSuchCurrency, or the Invalid of the first field that is missing or wrong.
    """
    requirements.check(draft)
    async with transaction(context.once) as session:
        columns = await promotions.columns(session, structs.asdict(draft))
        promotion = Promotion(**columns, created_at=context.asked_at, updated_at=context.asked_at)
        session.orm.add(promotion)
        await promotions.save(session, promotion, count_uses=False)
        await sales.reprice(
            session, await sales.affected_products(session, promotion), context.asked_at
        )
        view = await promotions.view(session, promotion.id)
        return await events.record(session, event_types.PROMOTION.created, view, context)


@use_case
async def change(promotion_id: UUID, patch: PromotionPatch, context: Context) -> PromotionView:
    """Change the fields of a promotion that the patch gives.

    Raise PromotionNotFound, PromotionChanged if it was changed since it was read, UsageLimitTooLow,
    and what `create` raises.
    """
    async with transaction(context.once) as session:
        promotion = await promotions.claim(session, promotion_id, context.seen)
        before = await sales.affected_products(session, promotion)
        promotions.patched(await promotions.view(session, promotion_id), patch)
        columns = await promotions.columns(session, given(patch))
        unlimited = promotion.usage_limit is None
        rewrite(promotion, {**columns, "updated_at": context.asked_at})
        count_uses = unlimited and promotion.usage_limit is not None
        await promotions.save(session, promotion, count_uses=count_uses)
        after = await sales.affected_products(session, promotion)
        await sales.reprice(session, {*before, *after}, context.asked_at)
        view = await promotions.view(session, promotion_id)
        return await events.record(session, event_types.PROMOTION.changed, view, context)


@use_case
async def remove(promotion_id: UUID, context: Context) -> None:
    """Delete a promotion with its coupons, also from carts.

    Raise PromotionNotFound or PromotionChanged.
    """
    async with transaction(context.once) as session:
        promotion = await promotions.claim(session, promotion_id, context.seen)
        before = await sales.affected_products(session, promotion)
        await promotions.remove(session, promotion)
        await sales.reprice(session, before, context.asked_at)
        await events.record_deletion(session, event_types.PROMOTION.deleted, promotion_id, context)
