"""What staff do with zones."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.zone import Zone
from trastienda.schemas.terms import Terms
from trastienda.schemas.zone import ZoneDraft, ZonePatch, ZoneView
from trastienda.services import event_types, events, zones


@use_case
async def create(draft: ZoneDraft, terms: Terms) -> ZoneView:
    """Raise CountryUnknown, PostalCodeUnusable or ZoneNameTaken."""
    zone = Zone(name=draft.name, areas=zones.areas(draft.areas))
    async with transaction(terms.once) as session:
        await zones.save(session, zone)
        view = zones.view(zone)
        return await events.tell(session, event_types.ZONE.created, view, terms)


@use_case
async def change(zone_id: UUID, patch: ZonePatch, terms: Terms) -> ZoneView:
    """Change what the patch names. Raise ZoneChanged when somebody was faster."""
    areas = None if patch.areas is UNSET else zones.areas(patch.areas)
    async with transaction(terms.once) as session:
        zone = await zones.claim(session, zone_id, terms.seen)
        zone.name = zone.name if patch.name is UNSET else patch.name
        zone.areas = zone.areas if areas is None else areas
        zone.version += 1
        await zones.save(session, zone)
        view = zones.view(zone)
        return await events.tell(session, event_types.ZONE.changed, view, terms)


@use_case
async def remove(zone_id: UUID, terms: Terms) -> None:
    """Delete a zone that nothing asks for. Raise ZoneInUse."""
    async with transaction(terms.once) as session:
        await zones.remove(session, await zones.claim(session, zone_id, terms.seen))
        await events.tell_gone(session, event_types.ZONE.deleted, zone_id, terms)
