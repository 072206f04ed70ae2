"""How staff create, change and delete stock locations."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.stock.location import Location
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.location import LocationDraft, LocationPatch, LocationView
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given, rewrite
from trastienda.services.stock import locations


@use_case
async def create(draft: LocationDraft, context: Context) -> LocationView:
    """Create a stock location. Raise LocationCodeTaken."""
    async with transaction(context.once) as session:
        location = Location(code=draft.code, name=draft.name, position=draft.position)
        await locations.save(session, location)
        view = locations.view(location)
        return await events.record(session, event_types.LOCATION.created, view, context)


@use_case
async def change(location_id: UUID, patch: LocationPatch, context: Context) -> LocationView:
    """Change the name or the position of a location.

    Raise LocationNotFound, or LocationChanged if it was changed since it was read.
    """
    async with transaction(context.once) as session:
        location = await locations.claim(session, location_id, context.seen)
        rewrite(location, given(patch))
        view = locations.view(location)
        return await events.record(session, event_types.LOCATION.changed, view, context)


@use_case
async def remove(location_id: UUID, context: Context) -> None:
    """Delete a location that has never had stock.

    Raise LocationNotFound, LocationChanged, LocationInUse or MainLocationNeeded.
    """
    async with transaction(context.once) as session:
        location = await locations.claim(session, location_id, context.seen)
        await locations.remove(session, location)
        await events.record_deletion(session, event_types.LOCATION.deleted, location_id, context)
