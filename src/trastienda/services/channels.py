"""The storefront in force. It is read often and changes rarely, so every worker keeps a copy."""

from sqlalchemy import select

from trastienda.database.db import Reading
from trastienda.database.models.channel import Channel
from trastienda.errors import Invalid, Unavailable

DEFAULT = "default"
ORIGINS: set[str] = set()
"""The web origins of all channels: their pages may call us."""
HOSTS: set[str] = set()
"""The host names of all channels, as a Host header spells them."""
_known: dict[str, Channel] = {}


async def refresh(session: Reading) -> None:
    """Read the channels again; the application does so when it starts and every few seconds."""
    channels = (await session.orm.scalars(select(Channel))).all()
    _known.clear()
    _known.update((channel.slug, channel) for channel in channels)
    for known, name in ((ORIGINS, "origins"), (HOSTS, "hosts")):
        named = {text for channel in channels for text in getattr(channel, name)}
        known.intersection_update(named)  # in place: the middlewares hold these very sets
        known.update(named)


def current() -> Channel:
    """Return the channel in force. Raise NoChannel when the shop has none."""
    try:
        return _known[DEFAULT]
    except KeyError:
        raise NoChannel from None


def currency(wanted: str | None) -> str:
    """Return the currency to use. Raise CurrencyUnknown when the channel does not take it."""
    channel = current()
    if wanted is None:
        return channel.default_currency
    if wanted not in channel.currencies:
        raise CurrencyUnknown(currency=wanted, known=sorted(channel.currencies))
    return wanted


class CurrencyUnknown(Invalid):
    """The shop does not sell in this currency."""


class NoChannel(Unavailable):
    """The shop has no channel yet."""
