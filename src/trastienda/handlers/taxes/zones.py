"""Zones, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.taxes import zones
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.taxes.zone import ZoneDraft, ZonePatch, Zones, ZoneView
from trastienda.services.taxes import zones as zones_on_record


@get()
async def list_zones() -> Zones:
    """List all zones by name."""
    async with reading() as session:
        return Zones(await zones_on_record.every(session))


@post()
async def create_zone(context: RequestContext, data: JSONBody[ZoneDraft]) -> Response[ZoneView]:
    """Create a zone: a set of areas, for tax rates and shipping options."""
    return versioned(await zones.create(data, context), 201)


@get()
async def get_zone(zone_id: FromPath[UUID]) -> Response[ZoneView]:
    """Read a zone."""
    async with reading() as session:
        return versioned(await zones_on_record.by_id(session, zone_id))


@patch()
async def change_zone(
    context: RequestContext, zone_id: FromPath[UUID], data: JSONBody[ZonePatch]
) -> Response[ZoneView]:
    """Change only the fields that you send; the areas are replaced as a whole."""
    return versioned(await zones.change(zone_id, data, context))


@delete()
async def delete_zone(context: RequestContext, zone_id: FromPath[UUID]) -> None:
    """Delete a zone that no tax rate or shipping option uses."""
    await zones.remove(zone_id, context)
