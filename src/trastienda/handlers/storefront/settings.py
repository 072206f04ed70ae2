"""The storefront's settings: for staff, and what front-ends show of them."""

from litestar import Response, get, patch
from litestar.params import JSONBody

from trastienda.controllers.storefront import settings
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.requests.locale import Wanted
from trastienda.schemas.storefront.settings import (
    StorefrontPatch,
    StorefrontSettingsView,
    StorefrontView,
)
from trastienda.services.channels import channels
from trastienda.services.storefront import settings as settings_on_record
from trastienda.services.storefront import shown


@get(sync_to_thread=False)
def get_storefront(locale: Wanted) -> StorefrontView:
    """Read what a front-end shows around its pages: name, logo, colours, texts, legal pages."""
    return shown.view(locale)


@get()
async def get_storefront_settings() -> Response[StorefrontSettingsView]:
    """Read the storefront's logo, colours and texts in all languages."""
    async with reading() as session:
        found = await settings_on_record.of_channel(session, channels.current().id)
    return versioned(settings_on_record.view(found))


@patch()
async def change_storefront(
    context: RequestContext, data: JSONBody[StorefrontPatch]
) -> Response[StorefrontSettingsView]:
    """Change the settings that you name; `texts` is replaced as a whole."""
    return versioned(await settings.change(data, context))
