"""What staff do with the storefront's settings."""

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.schemas.storefront.settings import StorefrontPatch, StorefrontSettingsView
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.storefront import settings as settings_on_record


@use_case
async def change(patch: StorefrontPatch, context: Context) -> StorefrontSettingsView:
    """Change the settings that the patch names.

    This process shows them at once, the others within seconds. Raise StorefrontChanged, LogoUnknown
    or LogoNotReady.
    """
    async with transaction(context.once) as session:
        settings = await settings_on_record.claim(session, channels.current().id, context.seen)
        await settings_on_record.change(session, settings, patch)
        view = settings_on_record.view(settings)
        what = event_types.STOREFRONT_CHANGED
        await events.append(session, what, settings.id, view, context)
        await session.answer(view)
    async with reading() as fresh:
        await channels.refresh(fresh)
    return view
