"""The channel's settings, as staff manage them."""

from litestar import Response, get, patch
from litestar.params import JSONBody

from trastienda.controllers.channels import channels
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.channels.channel import ChannelPatch, ChannelView
from trastienda.services.channels import staff_channels


@get()
async def get_channel() -> Response[ChannelView]:
    """Read the storefront's settings."""
    async with reading() as session:
        return versioned(await staff_channels.read(session))


@patch(opt={"refuses": [412]})
async def change_channel(
    context: RequestContext, data: JSONBody[ChannelPatch]
) -> Response[ChannelView]:
    """Change the settings that you name; lists are replaced as a whole."""
    return versioned(await channels.change(data, context))
