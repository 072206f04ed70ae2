"""What staff do with the codes of a promotion."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.schemas.coupon import (
    CouponDraft,
    CouponPatch,
    CouponsMade,
    CouponsWanted,
    CouponView,
)
from trastienda.schemas.event import CodesInvented
from trastienda.schemas.terms import Terms
from trastienda.services import coupons, event_types, events, promotions


@use_case
async def create(promotion_id: UUID, draft: CouponDraft, terms: Terms) -> CouponView:
    """Give a promotion one more code. Raise CouponCodeTaken or CouponsOfOthers."""
    async with transaction(terms.once) as session:
        promotion = await promotions.claim(session, promotion_id, None)
        coupon_id = await coupons.put(session, promotion, draft, terms.asked_at)
        view = await coupons.view(session, promotion_id, coupon_id)
        return await events.tell(session, event_types.COUPON.created, view, terms)


@use_case
async def invent(promotion_id: UUID, wanted: CouponsWanted, terms: Terms) -> CouponsMade:
    """Give a promotion many codes at once. Raise CouponsOfOthers."""
    async with transaction(terms.once) as session:
        promotion = await promotions.claim(session, promotion_id, None)
        await coupons.invent(session, promotion, wanted, terms.asked_at)
        what = CodesInvented(promotion_id, wanted.count)
        await events.append(session, event_types.CODES_INVENTED, promotion_id, what, terms)
        return await session.answer(CouponsMade(wanted.count))


@use_case
async def change(
    promotion_id: UUID, coupon_id: UUID, patch: CouponPatch, terms: Terms
) -> CouponView:
    """Change what the patch names. Raise CouponNotFound, CouponChanged or UsageLimitTooLow."""
    async with transaction(terms.once) as session:
        await coupons.claim(session, promotion_id, coupon_id, terms.seen)
        if patch.usage_limit is UNSET and patch.active is UNSET:
            return await session.answer(await coupons.view(session, promotion_id, coupon_id))
        view = await coupons.change(session, promotion_id, coupon_id, patch)
        return await events.tell(session, event_types.COUPON.changed, view, terms)


@use_case
async def remove(promotion_id: UUID, coupon_id: UUID, terms: Terms) -> None:
    """Take a code away, out of carts too. Raise CouponNotFound or CouponChanged."""
    async with transaction(terms.once) as session:
        await coupons.claim(session, promotion_id, coupon_id, terms.seen)
        await coupons.remove(session, promotion_id, coupon_id)
        await events.tell_gone(session, event_types.COUPON.deleted, coupon_id, terms)
