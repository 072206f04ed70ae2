"""What staff do with the places that keep stock."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.location import Location
from trastienda.schemas.location import LocationDraft, LocationPatch, LocationView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, locations


@use_case
async def create(draft: LocationDraft, terms: Terms) -> LocationView:
    """Open a place that can keep stock. Raise LocationCodeTaken."""
    async with transaction(terms.once) as session:
        location = Location(code=draft.code, name=draft.name, position=draft.position)
        await locations.save(session, location)
        view = locations.view(location)
        return await events.tell(session, event_types.LOCATION.created, view, terms)


@use_case
async def change(location_id: UUID, patch: LocationPatch, terms: Terms) -> LocationView:
    """Change what the patch names. Raise LocationChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        location = await locations.claim(session, location_id, terms.seen)
        location.name = location.name if patch.name is UNSET else patch.name
        location.position = location.position if patch.position is UNSET else patch.position
        location.version += 1
        view = locations.view(location)
        return await events.tell(session, event_types.LOCATION.changed, view, terms)


@use_case
async def remove(location_id: UUID, terms: Terms) -> None:
    """Close a place. Raise LocationInUse when it has kept stock."""
    async with transaction(terms.once) as session:
        location = await locations.claim(session, location_id, terms.seen)
        await locations.remove(session, location)
        await events.tell_gone(session, event_types.LOCATION.deleted, location_id, terms)
