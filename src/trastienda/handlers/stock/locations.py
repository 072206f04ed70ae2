"""Stock locations, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.stock import locations
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.stock.location import LocationDraft, LocationPatch, Locations, LocationView
from trastienda.services.stock import locations as locations_on_record


@get()
async def list_locations() -> Locations:
    """List the stock locations, in the order in which orders take stock from them."""
    async with reading() as session:
        return Locations(await locations_on_record.every(session))


@post()
async def create_location(
    context: RequestContext, data: JSONBody[LocationDraft]
) -> Response[LocationView]:
    """Create a stock location; stock is added to it by movements with its code."""
    return versioned(await locations.create(data, context), 201)


@get()
async def get_location(location_id: FromPath[UUID]) -> Response[LocationView]:
    """Read a location."""
    async with reading() as session:
        return versioned(await locations_on_record.by_id(session, location_id))


@patch()
async def change_location(
    context: RequestContext, location_id: FromPath[UUID], data: JSONBody[LocationPatch]
) -> Response[LocationView]:
    """Rename a location, or change its order; its code never changes."""
    return versioned(await locations.change(location_id, data, context))


@delete()
async def delete_location(context: RequestContext, location_id: FromPath[UUID]) -> None:
    """Delete a location that has never had stock."""
    await locations.remove(location_id, context)
