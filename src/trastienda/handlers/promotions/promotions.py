"""Promotions, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.promotions import promotions
from trastienda.database.db import reading
from trastienda.database.models.promotions.promotion import Trigger
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.promotions.promotion import (
    PromotionDraft,
    PromotionPage,
    PromotionPatch,
    PromotionView,
)
from trastienda.schemas.promotions.simulation import SimulationDraft, SimulationView
from trastienda.services.promotions import promotions as promotions_on_record
from trastienda.services.promotions import simulations

OnlyTrigger = Annotated[Trigger | None, QueryParameter(description="Only those of this trigger.")]


@get()
async def list_promotions(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    trigger: OnlyTrigger = None,
) -> Response[PromotionPage]:
    """List promotions, inactive ones too, the newest first."""
    async with reading() as session:
        page = await promotions_on_record.page(session, limit, cursor, trigger)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_promotion(
    context: RequestContext, data: JSONBody[PromotionDraft]
) -> Response[PromotionView]:
    """Create a promotion; it applies once it is `active`."""
    return versioned(await promotions.create(data, context), 201)


@get()
async def get_promotion(promotion_id: FromPath[UUID]) -> Response[PromotionView]:
    """Read a promotion, with how often it has been used."""
    async with reading() as session:
        return versioned(await promotions_on_record.view(session, promotion_id))


@patch()
async def change_promotion(
    context: RequestContext, promotion_id: FromPath[UUID], data: JSONBody[PromotionPatch]
) -> Response[PromotionView]:
    """Change only the fields that you send; lists and amounts are replaced as a whole."""
    return versioned(await promotions.change(promotion_id, data, context))


@delete()
async def delete_promotion(context: RequestContext, promotion_id: FromPath[UUID]) -> None:
    """Delete a promotion with its coupons; orders keep their discounts."""
    await promotions.remove(promotion_id, context)


@post(status_code=200)
async def simulate_promotion(
    context: RequestContext, promotion_id: FromPath[UUID], data: JSONBody[SimulationDraft]
) -> SimulationView:
    """Simulate a promotion, active or not, on the orders of the last days; nothing is changed."""
    async with reading() as session:
        return await simulations.simulate(session, promotion_id, data.days, context.asked_at)
