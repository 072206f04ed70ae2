"""The codes of promotions, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import coupons
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.coupon import (
    CouponDraft,
    CouponPage,
    CouponPatch,
    CouponsMade,
    CouponsWanted,
    CouponView,
)
from trastienda.services import coupons as coupons_on_record
from trastienda.services import promotions


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
    terms: Asked, promotion_id: FromPath[UUID], data: JSONBody[CouponDraft]
) -> Response[CouponView]:
    """Give a promotion one more code."""
    return versioned(await coupons.create(promotion_id, data, terms), 201)


@post()
async def create_coupons(
    terms: Asked, promotion_id: FromPath[UUID], data: JSONBody[CouponsWanted]
) -> CouponsMade:
    """Give a promotion up to 10,000 codes that nobody guesses; read them as a list or as CSV."""
    return await coupons.invent(promotion_id, data, terms)


@get(media_type="text/csv")
async def export_coupons(promotion_id: FromPath[UUID]) -> Response[str]:
    """Read all codes of a promotion as CSV, with a line that names the columns."""
    async with reading() as session:
        await promotions.view(session, promotion_id)
        sheet = await coupons_on_record.sheet(session, promotion_id)
    headers = {"Content-Disposition": 'attachment; filename="coupons.csv"'}
    return Response(sheet, media_type="text/csv", headers=headers)


@get()
async def get_coupon(
    promotion_id: FromPath[UUID], coupon_id: FromPath[UUID]
) -> Response[CouponView]:
    """Read a code of a promotion."""
    async with reading() as session:
        return versioned(await coupons_on_record.view(session, promotion_id, coupon_id))


@patch()
async def change_coupon(
    terms: Asked,
    promotion_id: FromPath[UUID],
    coupon_id: FromPath[UUID],
    data: JSONBody[CouponPatch],
) -> Response[CouponView]:
    """Change its limit, or switch it on or off; a code itself never changes."""
    return versioned(await coupons.change(promotion_id, coupon_id, data, terms))


@delete()
async def delete_coupon(
    terms: Asked, promotion_id: FromPath[UUID], coupon_id: FromPath[UUID]
) -> None:
    """Take a code away; orders keep what they say."""
    await coupons.remove(promotion_id, coupon_id, terms)
