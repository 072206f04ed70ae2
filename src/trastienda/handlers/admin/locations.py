"""Places that keep stock, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import locations
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.location import LocationDraft, LocationPatch, Locations, LocationView
from trastienda.services import locations as locations_on_record


@get()
async def list_locations() -> Locations:
    """List the places that keep stock, in the order in which orders draw from them."""
    async with reading() as session:
        return Locations(await locations_on_record.every(session))


@post()
async def create_location(terms: Asked, data: JSONBody[LocationDraft]) -> Response[LocationView]:
    """Open a place that keeps stock; stock gets there by movements that name its code."""
    return versioned(await locations.create(data, terms), 201)


@get()
async def get_location(location_id: FromPath[UUID]) -> Response[LocationView]:
    """Read a location."""
    async with reading() as session:
        return versioned(await locations_on_record.by_id(session, location_id))


@patch()
async def change_location(
    terms: Asked, location_id: FromPath[UUID], data: JSONBody[LocationPatch]
) -> Response[LocationView]:
    """Rename a location, or change when orders draw from it; its code stays."""
    return versioned(await locations.change(location_id, data, terms))


@delete()
async def delete_location(terms: Asked, location_id: FromPath[UUID]) -> None:
    """Close a location that has never kept stock."""
    await locations.remove(location_id, terms)
