"""What pages show of the storefront's settings, from this process's copy of them."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec
from msgspec import structs

from trastienda.database.models.media.media import Media
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.legal_page import LegalKind
from trastienda.database.models.storefront.settings import StorefrontSettings
from trastienda.schemas.storefront.settings import (
    LegalPageName,
    LogoView,
    Palette,
    StorefrontTexts,
    StorefrontView,
)
from trastienda.services.channels import channels
from trastienda.services.storefront import colours

V = TypeVar("V")
BEFORE_ORDERING = (LegalKind.TERMS, LegalKind.WITHDRAWAL, LegalKind.PRIVACY)


NOTHING = StorefrontView(
    name="",
    logo=None,
    palette=colours.palette(None, None, None),
    texts=StorefrontTexts(),
    legal_pages=[],
    currencies=[],
    locales=list(Locale),
)
"""Of a shop without a channel."""


def view(locale: Locale) -> StorefrontView:
    """Return what a front-end shows around its pages, in a language. Raise NoChannel."""
    channel, look = channels.current(), channels.look()
    others = (it for it in channel.currencies if it != channel.default_currency)
    return StorefrontView(
        name=channel.name,
        logo=_logo(look.logo),
        palette=_palette(look.settings),
        texts=_texts(look.settings, locale),
        legal_pages=[
            LegalPageName(kind, titles[spoken(titles, locale)])
            for kind, titles in look.legal_titles.items()
        ],
        currencies=[channel.default_currency, *others],
        locales=list(Locale),
    )


def to_read(storefront: StorefrontView) -> list[LegalPageName]:
    """Return the legal pages that a buyer has to be able to read before ordering."""
    return [it for it in storefront.legal_pages if it.kind in BEFORE_ORDERING]


def palette() -> Palette:
    """Return the colours of the shop."""
    return _palette(channels.look().settings)


def spoken(texts: Mapping[Locale, V], wanted: Locale) -> Locale:
    """Return the language to show of those there are: the wanted one, the shop's, or any."""
    first = channels.language()
    return next((it for it in (wanted, first) if it in texts), next(iter(texts)))


def _palette(settings: StorefrontSettings | None) -> Palette:
    if settings is None:
        return colours.palette(None, None, None)
    return colours.palette(
        settings.brand_colour, settings.dark_brand_colour, settings.accent_colour
    )


def _texts(settings: StorefrontSettings | None, locale: Locale) -> StorefrontTexts:
    said = settings.texts if settings else {}
    texts = {**said.get(channels.language().value, {}), **said.get(locale.value, {})}
    return msgspec.convert(texts, StorefrontTexts)


def _logo(media: Media | None) -> LogoView | None:
    if media is None or media.url is None:
        return None
    names = [it.name for it in structs.fields(LogoView)]
    return msgspec.convert({name: getattr(media, name) for name in names}, LogoView)
