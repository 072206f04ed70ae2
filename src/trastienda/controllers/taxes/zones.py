"""How staff create, change and delete zones."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.taxes.zone import Zone
from trastienda.schemas.shared.context import Context
from trastienda.schemas.taxes.zone import ZoneDraft, ZonePatch, ZoneView
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given, rewrite
from trastienda.services.taxes import zones


@use_case
async def create(draft: ZoneDraft, context: Context) -> ZoneView:
    """Create a zone. Raise CountryUnknown, PostalCodeUnusable or ZoneNameTaken."""
    zone = Zone(name=draft.name, areas=zones.areas(draft.areas))
    async with transaction(context.once) as session:
        await zones.save(session, zone)
        view = zones.view(zone)
        return await events.record(session, event_types.ZONE.created, view, context)


@use_case
async def change(zone_id: UUID, patch: ZonePatch, context: Context) -> ZoneView:
    """Change the name or the areas of a zone; areas are replaced as a whole.

    Raise ZoneNotFound, ZoneChanged if it was changed since it was read, and what `create` raises.
    """
    fields = given(patch)
    if patch.areas is not UNSET:
        fields["areas"] = zones.areas(patch.areas)
    async with transaction(context.once) as session:
        zone = await zones.claim(session, zone_id, context.seen)
        rewrite(zone, fields)
        await zones.save(session, zone)
        view = zones.view(zone)
        return await events.record(session, event_types.ZONE.changed, view, context)


@use_case
async def remove(zone_id: UUID, context: Context) -> None:
    """Delete an unused zone. Raise ZoneNotFound, ZoneChanged or ZoneInUse."""
    async with transaction(context.once) as session:
        await zones.remove(session, await zones.claim(session, zone_id, context.seen))
        await events.record_deletion(session, event_types.ZONE.deleted, zone_id, context)
