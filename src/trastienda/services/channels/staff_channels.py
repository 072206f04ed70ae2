"""The channel's settings, as staff manage them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.channels.channel import Channel, TaxSource
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.taxes.tax import TaxClassUnknown
from trastienda.errors import Invalid, Stale
from trastienda.schemas.channels.channel import ChannelPatch, ChannelView
from trastienda.services import outside
from trastienda.services.channels import web_names
from trastienda.services.channels.channels import DEFAULT, NoChannel
from trastienda.services.pricing.rounding import plain
from trastienda.services.shared import addresses, currencies, records
from trastienda.services.shared import email_addresses as mailboxes
from trastienda.services.shared.records import Refusal, expect_version, given, shown, translated

_DEFAULT = select(Channel).where(Channel.slug == DEFAULT)
_REFUSALS = {
    "fk_channels_shipping_tax_class": Refusal(TaxClassUnknown, pointer="/shipping_tax_class")
}


async def read(session: Reading) -> ChannelView:
    """Return the settings from the database, not from this process's copy."""
    if channel := await session.orm.scalar(_DEFAULT):
        return view(channel)
    raise NoChannel


async def claim(session: Session, seen: int | None) -> Channel:
    """Lock the default channel for a change. Raise ChannelChanged."""
    channel = await session.orm.scalar(_DEFAULT.with_for_update())
    if channel is None:
        raise NoChannel
    expect_version(channel.version, seen, ChannelChanged)
    return channel


def rewrite(channel: Channel, patch: ChannelPatch) -> None:
    """Apply a patch to the channel. Raise DefaultCurrencyMissing.

    For unusable values, raise TaxSourceUnavailable, TaxCountryMissing, TimeZoneUnknown,
    NoSuchCurrency, CountryUnknown, HostUnusable, OriginUnusable or AddressUnusable.
    """
    fields = given(patch)
    records.rewrite(channel, {name: _spelled(name, value) for name, value in fields.items()})
    if channel.default_currency not in channel.currencies:
        field = "default_currency" if "default_currency" in fields else "currencies"
        raise DefaultCurrencyMissing(currency=channel.default_currency, pointer=f"/{field}")
    asks = "tax_source" in fields and channel.tax_source is TaxSource.SERVICE
    if asks and not outside.has(outside.TAX):
        raise TaxSourceUnavailable(pointer="/tax_source")
    if channel.tax_country is not None:
        addresses.check_country(channel.tax_country, "/tax_country")
    elif channel.tax_source is not TaxSource.FLAT:
        field = "tax_country" if "tax_country" in fields else "tax_source"
        raise TaxCountryMissing(pointer=f"/{field}")
    elif channel.exempts_businesses:
        raise TaxCountryMissing(pointer="/exempts_businesses")
    if channel.time_zone not in available_timezones():
        raise TimeZoneUnknown(pointer="/time_zone")
    for country in channel.gift_card_months:
        addresses.check_country(country, f"/gift_card_months/{country}")
    if channel.notify_email is not None:
        mailboxes.parse(channel.notify_email, "/notify_email")


async def save(session: Session) -> None:
    """Save the changes. Raise TaxClassUnknown, as the constraint decides."""
    with translated(_REFUSALS):
        await session.orm.flush()


def view(channel: Channel) -> ChannelView:
    """Return the view of a channel."""
    tax_rate, locale = plain(channel.tax_rate), Locale(channel.locale)
    return shown(channel, ChannelView, tax_rate=tax_rate, locale=locale)


def _spelled(name: str, value: Any) -> Any:  # noqa: ANN401 - any setting
    """Return a setting in the form of its column, lists without repetitions."""
    if name in _SPELLINGS:
        spell = _SPELLINGS[name]
        texts = [spell(text, f"/{name}/{place}") for place, text in enumerate(value)]
        return list(dict.fromkeys(texts))
    return Decimal(value) if name == "tax_rate" else value


def _currency(text: str, pointer: str) -> str:
    currencies.check(text, pointer)
    return text


def _country(text: str, pointer: str) -> str:
    addresses.check_country(text, pointer)
    return text


_SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "currencies": _currency,
    "countries": _country,
    "hosts": web_names.host,
    "origins": web_names.origin,
}


class ChannelChanged(Stale):
    """The settings have changed since you read them."""


class TaxSourceUnavailable(Invalid):
    """The shop has no tax service connected."""


class TaxCountryMissing(Invalid):
    """This setting needs the country of the shop (`tax_country`)."""


class TimeZoneUnknown(Invalid):
    """There is no such time zone (IANA)."""


class DefaultCurrencyMissing(Invalid):
    """The default currency is one of those that the shop takes."""
