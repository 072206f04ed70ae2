"""Events about what migrations created, so that the feed tells of everything in the shop."""

from trastienda.database.db import transaction, use_case
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.returns.reason import ReturnReason
from trastienda.database.models.stock.location import Location
from trastienda.database.models.taxes.tax import TaxClass
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import staff_channels
from trastienda.services.events import events, initial_state, types
from trastienda.services.returns import reasons
from trastienda.services.stock import locations
from trastienda.services.taxes import classes as tax_classes


@use_case
async def record(context: Context) -> None:
    """Record a `created` event for each row that migrations made and no event is about yet."""
    async with transaction() as session:
        for channel in await initial_state.without_event(session, Channel):
            settings = staff_channels.view(channel)
            event_type = types.CHANNEL_CHANGED
            await events.append(session, event_type, channel.id, settings, context)
        for location in await initial_state.without_event(session, Location):
            view = locations.view(location)
            await events.append(session, types.LOCATION.created, view.id, view, context)
        for reason in await initial_state.without_event(session, ReturnReason):
            choice = reasons.view(reason)
            event_type = types.RETURN_REASON.created
            await events.append(session, event_type, choice.id, choice, context)
        for found in await initial_state.without_event(session, TaxClass):
            tax_class = tax_classes.view(found)
            event_type = types.TAX_CLASS.created
            await events.append(session, event_type, tax_class.id, tax_class, context)
