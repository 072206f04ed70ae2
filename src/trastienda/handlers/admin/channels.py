"""The storefront's settings, as staff see and write them."""

from litestar import Response, get, patch
from litestar.params import JSONBody

from trastienda.controllers import channels
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.channel import ChannelPatch, ChannelView
from trastienda.services import staff_channels


@get()
async def get_channel() -> Response[ChannelView]:
    """Read the storefront's settings."""
    async with reading() as session:
        return versioned(await staff_channels.read(session))


@patch(opt={"refuses": [412]})
async def change_channel(terms: Asked, data: JSONBody[ChannelPatch]) -> Response[ChannelView]:
    """Change what you name, and nothing else; lists are replaced whole."""
    return versioned(await channels.change(data, terms))
