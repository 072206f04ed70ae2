"""What staff do with the settings of the channel."""

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.channels.channel import ChannelPatch, ChannelView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels, staff_channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types


@use_case
async def change(patch: ChannelPatch, context: Context) -> ChannelView:
    """Change the settings that the patch names.

    This process applies them at once, the others within seconds. Raise ChannelChanged, and what
    `services/channels/staff_channels.py` raises for unusable values.
    """
    async with transaction(context.once) as session:
        channel = await staff_channels.claim(session, context.seen)
        staff_channels.rewrite(channel, patch)
        await staff_channels.save(session)
        view = staff_channels.view(channel)
        await events.append(session, event_types.CHANNEL_CHANGED, channel.id, view, context)
        await session.answer(view)
    async with reading() as fresh:
        await channels.refresh(fresh)
    return view
