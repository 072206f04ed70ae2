"""How staff create, change and delete the coupons (codes) of a promotion."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.schemas.promotions.coupon import (
    CouponDraft,
    CouponPatch,
    CouponsMade,
    CouponsWanted,
    CouponView,
)
from trastienda.schemas.promotions.event import CodesInvented
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.promotions import coupons, promotions


@use_case
async def create(promotion_id: UUID, draft: CouponDraft, context: Context) -> CouponView:
    """Add a coupon to a promotion.

    Raise PromotionNotFound, CouponCodeTaken, or CouponsOfOthers if the promotion needs no coupon.
    """
    async with transaction(context.once) as session:
        promotion = await promotions.claim(session, promotion_id, None)
        coupon_id = await coupons.add(session, promotion, draft, context.asked_at)
        view = await coupons.view(session, promotion_id, coupon_id)
        return await events.record(session, event_types.COUPON.created, view, context)


@use_case
async def generate(promotion_id: UUID, draft: CouponsWanted, context: Context) -> CouponsMade:
    """Generate many coupons with random codes for a promotion.

    Raise PromotionNotFound, CouponsOfOthers, or CouponCodesShort if there are too few such codes.
    """
    async with transaction(context.once) as session:
        promotion = await promotions.claim(session, promotion_id, None)
        await coupons.generate(session, promotion, draft, context.asked_at)
        data = CodesInvented(promotion_id, draft.count)
        await events.append(session, event_types.CODES_INVENTED, promotion_id, data, context)
        return await session.answer(CouponsMade(draft.count))


@use_case
async def change(
    promotion_id: UUID, coupon_id: UUID, patch: CouponPatch, context: Context
) -> CouponView:
    """Change the limit or the state of a coupon.

    Raise CouponNotFound, CouponChanged if it was changed since it was read, or UsageLimitTooLow.
    """
    async with transaction(context.once) as session:
        await coupons.claim(session, promotion_id, coupon_id, context.seen)
        if patch.usage_limit is UNSET and patch.active is UNSET:
            return await session.answer(await coupons.view(session, promotion_id, coupon_id))
        view = await coupons.change(session, promotion_id, coupon_id, patch)
        return await events.record(session, event_types.COUPON.changed, view, context)


@use_case
async def remove(promotion_id: UUID, coupon_id: UUID, context: Context) -> None:
    """Delete a coupon, also from carts. Raise CouponNotFound or CouponChanged."""
    async with transaction(context.once) as session:
        await coupons.claim(session, promotion_id, coupon_id, context.seen)
        await coupons.remove(session, promotion_id, coupon_id)
        await events.record_deletion(session, event_types.COUPON.deleted, coupon_id, context)
