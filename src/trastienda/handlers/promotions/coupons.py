"""The coupons of promotions, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.promotions import coupons
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.promotions.coupon import (
    CouponDraft,
    CouponPage,
    CouponPatch,
    CouponsMade,
    CouponsWanted,
    CouponView,
)
from trastienda.services.promotions import coupons as coupons_on_record
from trastienda.services.promotions import promotions


@get()
async def list_coupons(
    request: Request[Any, Any, Any],
    promotion_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[CouponPage]:
    """List the codes of a promotion, the oldest first."""
    async with reading() as session:
        await promotions.view(session, promotion_id)
        page = await coupons_on_record.page(session, promotion_id, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_coupon(
    context: RequestContext, promotion_id: FromPath[UUID], data: JSONBody[CouponDraft]
) -> Response[CouponView]:
    """Add a coupon (a code) to a promotion."""
    return versioned(await coupons.create(promotion_id, data, context), 201)


@post()
async def create_coupons(
    context: RequestContext, promotion_id: FromPath[UUID], data: JSONBody[CouponsWanted]
) -> CouponsMade:
    """Generate up to 10,000 coupons with random codes; read them as a list or as CSV."""
    return await coupons.generate(promotion_id, data, context)


@get(media_type="text/csv")
async def export_coupons(promotion_id: FromPath[UUID]) -> Response[str]:
    """Read all codes of a promotion as CSV, with a header line."""
    async with reading() as session:
        await promotions.view(session, promotion_id)
        text = await coupons_on_record.csv(session, promotion_id)
    headers = {"Content-Disposition": 'attachment; filename="coupons.csv"'}
    return Response(text, media_type="text/csv", headers=headers)


@get()
async def get_coupon(
    promotion_id: FromPath[UUID], coupon_id: FromPath[UUID]
) -> Response[CouponView]:
    """Read a code of a promotion."""
    async with reading() as session:
        return versioned(await coupons_on_record.view(session, promotion_id, coupon_id))


@patch()
async def change_coupon(
    context: RequestContext,
    promotion_id: FromPath[UUID],
    coupon_id: FromPath[UUID],
    data: JSONBody[CouponPatch],
) -> Response[CouponView]:
    """Change the limit of a coupon, or switch it on or off; the code itself never changes."""
    return versioned(await coupons.change(promotion_id, coupon_id, data, context))


@delete()
async def delete_coupon(
    context: RequestContext, promotion_id: FromPath[UUID], coupon_id: FromPath[UUID]
) -> None:
    """Delete a coupon; orders keep their discounts."""
    await coupons.remove(promotion_id, coupon_id, context)
