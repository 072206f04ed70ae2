"""What staff do with the storefront's settings."""

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.channel import ChannelPatch, ChannelView
from trastienda.schemas.terms import Terms
from trastienda.services import channels, event_types, events, staff_channels


@use_case
async def change(patch: ChannelPatch, terms: Terms) -> ChannelView:
    """Change what the patch names. Raise ChannelChanged when somebody was faster.

    This process goes by it at once, the others within seconds.
    """
    async with transaction(terms.once) as session:
        channel = await staff_channels.claim(session, terms.seen)
        staff_channels.rewrite(channel, patch)
        await staff_channels.save(session)
        view = staff_channels.view(channel)
        await events.append(session, event_types.CHANNEL_CHANGED, channel.id, view, terms)
        await session.answer(view)
    async with reading() as fresh:
        await channels.refresh(fresh)
    return view
