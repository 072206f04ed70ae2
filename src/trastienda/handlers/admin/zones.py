"""Zones, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import zones
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.zone import ZoneDraft, ZonePatch, Zones, ZoneView
from trastienda.services import zones as zones_on_record


@get()
async def list_zones() -> Zones:
    """List all zones by name."""
    async with reading() as session:
        return Zones(await zones_on_record.every(session))


@post()
async def create_zone(terms: Asked, data: JSONBody[ZoneDraft]) -> Response[ZoneView]:
    """Name a set of areas, for tax rates and ways of shipping."""
    return versioned(await zones.create(data, terms), 201)


@get()
async def get_zone(zone_id: FromPath[UUID]) -> Response[ZoneView]:
    """Read a zone."""
    async with reading() as session:
        return versioned(await zones_on_record.by_id(session, zone_id))


@patch()
async def change_zone(
    terms: Asked, zone_id: FromPath[UUID], data: JSONBody[ZonePatch]
) -> Response[ZoneView]:
    """Change what you name, and nothing else; the areas are replaced whole."""
    return versioned(await zones.change(zone_id, data, terms))


@delete()
async def delete_zone(terms: Asked, zone_id: FromPath[UUID]) -> None:
    """Delete a zone that neither tax rates nor ways of shipping ask for."""
    await zones.remove(zone_id, terms)
