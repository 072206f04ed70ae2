"""The current channel. It is read often and changes rarely, so every process keeps a copy."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextvars import ContextVar
from typing import NamedTuple

from sqlalchemy import select

from trastienda.database.db import Reading, Row, prepared
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid, Unavailable

DEFAULT = "default"
# The transaction that wrote a row last is another one after each change, whoever made it.
_WRITTEN = prepared("SELECT slug, xmin::text FROM channels ORDER BY slug")


class Snapshot(NamedTuple):
    """The channels at the time when they were read."""

    by_slug: Mapping[str, Channel]
    origins: AbstractSet[str]
    hosts: AbstractSet[str]
    language: Locale
    """Of the current channel; English before there is one."""


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
    )
    storefronts.written = written


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
