"""What a shop has before anybody writes in it."""

from trastienda.database.db import transaction, use_case
from trastienda.database.models.channel import Channel
from trastienda.database.models.location import Location
from trastienda.database.models.tax import TaxClass
from trastienda.schemas.terms import Terms
from trastienda.services import (
    beginnings,
    event_types,
    events,
    locations,
    staff_channels,
    tax_classes,
)


@use_case
async def tell(terms: Terms) -> None:
    """Tell of what migrations made, once: who reads all events knows it then, too."""
    async with transaction() as session:
        for channel in await beginnings.untold(session, Channel):
            settings = staff_channels.view(channel)
            what = event_types.CHANNEL_CHANGED
            await events.append(session, what, channel.id, settings, terms)
        for location in await beginnings.untold(session, Location):
            place = locations.view(location)
            await events.append(session, event_types.LOCATION.created, place.id, place, terms)
        for each in await beginnings.untold(session, TaxClass):
            tax_class = tax_classes.view(each)
            what = event_types.TAX_CLASS.created
            await events.append(session, what, tax_class.id, tax_class, terms)
