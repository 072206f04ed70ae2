"""The current channel, and what its storefront shows around its pages.

They are read often and change rarely, so every process keeps a copy.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Row, prepared
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.media.media import Media
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.legal_page import LegalKind, LegalPage
from trastienda.database.models.storefront.settings import StorefrontSettings
from trastienda.errors import Invalid, Unavailable

DEFAULT = "default"
# The transaction that wrote a row last is another one after each change, whoever made it.
_WRITTEN = prepared("""
    SELECT 'channels', slug, xmin::text FROM channels
    UNION ALL SELECT 'storefront_settings', id::text, xmin::text FROM storefront_settings
    UNION ALL SELECT 'legal_pages', id::text, xmin::text FROM legal_pages
    ORDER BY 1, 2
""")


class Look(NamedTuple):
    """What the current channel's storefront shows around its pages."""

    settings: StorefrontSettings | None = None
    logo: Media | None = None
    legal_titles: Mapping[LegalKind, Mapping[Locale, str]] = {}
    """The titles of the legal pages that are written, in the order of their kinds."""


class Snapshot(NamedTuple):
    """The channels at the time when they were read."""

    by_slug: Mapping[str, Channel]
    origins: AbstractSet[str]
    hosts: AbstractSet[str]
    language: Locale
    """Of the current channel; English before there is one."""
    look: Look = Look()


NONE = Snapshot({}, frozenset(), frozenset(), Locale.ENGLISH)


class Storefronts:
    """This process's copy of the channels."""

    def __init__(self) -> None:
        """Start empty, before the first `refresh`."""
        self.known = NONE
        self.written: Sequence[Row] = ()
        """By which transactions their rows were written when they were read."""
        self.short_carts = False
        """Whether the short statement was enough for the last cart: a guess about the next one,
        which each answer corrects (`services/carts/reading.py`)."""


storefronts_in_use: ContextVar[Storefronts] = ContextVar("storefronts in use")


def storefronts() -> Storefronts:
    """Return this process's copy of the channels, and what it remembers of them."""
    return storefronts_in_use.get()


async def refresh(session: Reading) -> None:
    """Read the channels again if they have changed; the application does so every few seconds."""
    storefronts, written = storefronts_in_use.get(), await _WRITTEN.rows(session)
    if written == storefronts.written:
        return
    channels = (await session.orm.scalars(select(Channel))).all()
    storefronts.known = Snapshot(
        {channel.slug: channel for channel in channels},
        frozenset(origin for channel in channels for origin in channel.origins),
        frozenset(host for channel in channels for host in channel.hosts),
        next((Locale(it.locale) for it in channels if it.slug == DEFAULT), Locale.ENGLISH),
        await _look(session, next((it.id for it in channels if it.slug == DEFAULT), None)),
    )
    storefronts.written = written


async def _look(session: Reading, channel_id: UUID | None) -> Look:
    of_channel = StorefrontSettings.channel_id == channel_id
    settings = await session.orm.scalar(select(StorefrontSettings).where(of_channel))
    pages = await session.orm.scalars(select(LegalPage).where(LegalPage.channel_id == channel_id))
    titles = {
        it.kind: {Locale(locale): text["title"] for locale, text in it.texts.items()}
        for it in pages
    }
    return Look(
        settings,
        await session.orm.get(Media, settings.logo_id) if settings and settings.logo_id else None,
        {kind: titles[kind] for kind in LegalKind if kind in titles},
    )


def current() -> Channel:
    """Return the current channel. Raise NoChannel if the shop has none."""
    try:
        return _known().by_slug[DEFAULT]
    except KeyError:
        raise NoChannel from None


def slugs() -> AbstractSet[str]:
    """Return the names of all channels."""
    return _known().by_slug.keys()


def origins() -> AbstractSet[str]:
    """Return the web origins of all channels, whose pages may call the API."""
    return _known().origins


def hosts() -> AbstractSet[str]:
    """Return the host names of all channels, in the form of a Host header."""
    return _known().hosts


def shop_name() -> str:
    """Return the shop's name, or an empty string while there is no channel."""
    channel = _known().by_slug.get(DEFAULT)
    return "" if channel is None else channel.name


def language() -> Locale:
    """Return the language of the current channel; English before there is one."""
    return _known().language


def look() -> Look:
    """Return what the current channel's storefront shows around its pages."""
    return _known().look


def currency(wanted: str | None) -> str:
    """Return the currency to use, by default the channel's. Raise CurrencyUnknown."""
    channel = current()
    if wanted is None:
        return channel.default_currency
    if wanted not in channel.currencies:
        raise CurrencyUnknown(currency=wanted, known=sorted(channel.currencies))
    return wanted


def _known() -> Snapshot:
    storefronts = storefronts_in_use.get(None)
    return NONE if storefronts is None else storefronts.known


class CurrencyUnknown(Invalid):
    """The shop does not sell in this currency."""


class NoChannel(Unavailable):
    """The shop has no channel yet."""
