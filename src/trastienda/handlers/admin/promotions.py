"""Promotions, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import promotions
from trastienda.database.db import reading
from trastienda.database.models.promotion import Trigger
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.promotion import (
    PromotionDraft,
    PromotionPage,
    PromotionPatch,
    PromotionView,
)
from trastienda.schemas.simulation import SimulationDraft, SimulationView
from trastienda.services import promotions as promotions_on_record
from trastienda.services import simulations

Sort = Annotated[Trigger | None, QueryParameter(description="Only those of this trigger.")]


@get()
async def list_promotions(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None, trigger: Sort = None
) -> Response[PromotionPage]:
    """List promotions, inactive ones too, the newest first."""
    async with reading() as session:
        page = await promotions_on_record.page(session, limit, cursor, trigger)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_promotion(terms: Asked, data: JSONBody[PromotionDraft]) -> Response[PromotionView]:
    """Write a promotion down; it acts once it is `active`."""
    return versioned(await promotions.create(data, terms), 201)


@get()
async def get_promotion(promotion_id: FromPath[UUID]) -> Response[PromotionView]:
    """Read a promotion, with how often it has been used."""
    async with reading() as session:
        return versioned(await promotions_on_record.view(session, promotion_id))


@patch()
async def change_promotion(
    terms: Asked, promotion_id: FromPath[UUID], data: JSONBody[PromotionPatch]
) -> Response[PromotionView]:
    """Change what you name, and nothing else; lists and amounts are replaced whole."""
    return versioned(await promotions.change(promotion_id, data, terms))


@delete()
async def delete_promotion(terms: Asked, promotion_id: FromPath[UUID]) -> None:
    """Take a promotion and its codes away; orders keep what they say."""
    await promotions.remove(promotion_id, terms)


@post(status_code=200)
async def simulate_promotion(
    terms: Asked, promotion_id: FromPath[UUID], data: JSONBody[SimulationDraft]
) -> SimulationView:
    """Try a promotion, active or not, on the orders of the last days; nothing is changed."""
    async with reading() as session:
        return await simulations.simulate(session, promotion_id, data.days, terms.asked_at)
