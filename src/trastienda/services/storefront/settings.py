"""The storefront's settings, as staff write and read them. Without a row they are the defaults."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from msgspec import structs
from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.media.media import Media, MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.settings import (
    COLOURS,
    StorefrontChanged,
    StorefrontSettings,
)
from trastienda.errors import Invalid
from trastienda.schemas.storefront.settings import (
    StorefrontPatch,
    StorefrontSettingsView,
    StorefrontTexts,
)
from trastienda.services.shared.records import (
    Refusal,
    expect_version,
    given,
    rewrite,
    shown,
    translated,
)

# The first change of a channel's settings makes their row; two at once make it once.
_OPEN = prepared("""
    INSERT INTO storefront_settings (id, channel_id, texts, version)
    VALUES (%(id)s, %(channel)s, '{}', 1) ON CONFLICT (channel_id) DO NOTHING
""")


async def of_channel(session: Reading, channel_id: UUID) -> StorefrontSettings:
    """Return the settings of a channel, or the defaults."""
    query = select(StorefrontSettings).where(StorefrontSettings.channel_id == channel_id)
    return await session.orm.scalar(query) or StorefrontSettings(channel_id=channel_id)


async def claim(session: Session, channel_id: UUID, seen: int | None) -> StorefrontSettings:
    """Lock the settings of a channel for a change. Raise StorefrontChanged."""
    await _OPEN(session, id=StorefrontSettings(channel_id=channel_id).id, channel=channel_id)
    query = select(StorefrontSettings).where(StorefrontSettings.channel_id == channel_id)
    settings = (await session.orm.scalars(query.with_for_update())).one()
    expect_version(settings.version, seen, StorefrontChanged)
    return settings


async def change(session: Session, settings: StorefrontSettings, patch: StorefrontPatch) -> None:
    """Apply a patch to the settings, and save them. Raise LogoUnknown or LogoNotReady."""
    fields = given(patch)
    if "logo" in fields:
        fields["logo_id"] = fields.pop("logo")
        await _expect_ready(session, fields["logo_id"])
    for name in COLOURS:
        if fields.get(name):
            fields[name] = fields[name].lower()
    if "texts" in fields:
        fields["texts"] = _said(fields["texts"])
    rewrite(settings, fields)
    with translated(_REFUSALS):
        await session.orm.flush()


async def _expect_ready(session: Session, logo: UUID | None) -> None:
    if logo is None:
        return
    state = await session.orm.scalar(select(Media.state).where(Media.id == logo))
    if state is None:
        raise LogoUnknown(pointer="/logo")
    if state is not MediaState.READY:
        raise LogoNotReady(pointer="/logo")


def _said(texts: Mapping[Locale, StorefrontTexts]) -> dict[str, dict[str, str]]:
    """Return the texts that say something, by locale and name."""
    by_locale = {
        locale.value: {
            name: text.strip() for name, text in structs.asdict(it).items() if text and text.strip()
        }
        for locale, it in texts.items()
    }
    return {locale: said for locale, said in by_locale.items() if said}


def view(settings: StorefrontSettings) -> StorefrontSettingsView:
    """Return the settings as staff see them."""
    texts = msgspec.convert(settings.texts, dict[Locale, StorefrontTexts])
    return shown(settings, StorefrontSettingsView, logo=settings.logo_id, texts=texts)


class LogoUnknown(Invalid):
    """There is no such picture."""


class LogoNotReady(Invalid):
    """This picture is not ready, so it cannot be the logo."""


_REFUSALS = {"fk_storefront_settings_logo_id": Refusal(LogoUnknown, pointer="/logo")}
"""The picture was deleted at the same time."""
