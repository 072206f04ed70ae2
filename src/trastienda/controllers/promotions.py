"""What staff do with promotions; a sale also renews prices.."""

from uuid import UUID

from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.promotion import Promotion
from trastienda.schemas.promotion import PromotionDraft, PromotionPatch, PromotionView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, promotion_requirements, promotions, sales


@use_case
async def create(draft: PromotionDraft, terms: Terms) -> PromotionView:
    """Write a promotion down. Raise what its fields lack, TargetUnknown or NoSuchCurrency."""
    promotion_requirements.check(draft)
    async with transaction(terms.once) as session:
        columns = await promotions.columns(session, structs.asdict(draft))
        promotion = Promotion(**columns, created_at=terms.asked_at, updated_at=terms.asked_at)
        session.orm.add(promotion)
        await promotions.save(session, promotion, counting=False)
        await sales.reprice(session, await sales.touched(session, promotion), terms.asked_at)
        view = await promotions.view(session, promotion.id)
        return await events.tell(session, event_types.PROMOTION.created, view, terms)


@use_case
async def change(promotion_id: UUID, patch: PromotionPatch, terms: Terms) -> PromotionView:
    """Change what the patch names. Raise PromotionChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        promotion = await promotions.claim(session, promotion_id, terms.seen)
        before = await sales.touched(session, promotion)
        promotions.patched(await promotions.view(session, promotion_id), patch)
        columns = await promotions.columns(session, promotions.given(patch))
        unlimited = promotion.usage_limit is None
        for column, value in columns.items():
            setattr(promotion, column, value)
        promotion.updated_at = terms.asked_at
        promotion.version += 1
        counting = unlimited and promotion.usage_limit is not None
        await promotions.save(session, promotion, counting=counting)
        after = await sales.touched(session, promotion)
        await sales.reprice(session, {*before, *after}, terms.asked_at)
        view = await promotions.view(session, promotion_id)
        return await events.tell(session, event_types.PROMOTION.changed, view, terms)


@use_case
async def remove(promotion_id: UUID, terms: Terms) -> None:
    """Take a promotion and its codes away, out of carts too."""
    async with transaction(terms.once) as session:
        promotion = await promotions.claim(session, promotion_id, terms.seen)
        before = await sales.touched(session, promotion)
        await session.orm.delete(promotion)
        await session.orm.flush()
        await sales.reprice(session, before, terms.asked_at)
        await events.tell_gone(session, event_types.PROMOTION.deleted, promotion_id, terms)
