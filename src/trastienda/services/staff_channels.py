"""The storefront's settings, as staff write them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from msgspec import UNSET, structs
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session
from trastienda.database.models.channel import Channel, TaxSource
from trastienda.database.models.tax import TaxClassUnknown
from trastienda.database.models.text import Locale
from trastienda.errors import Invalid, Stale
from trastienda.schemas.channel import ChannelPatch, ChannelView
from trastienda.services import addresses, currencies, outside, web_names
from trastienda.services.channels import DEFAULT, NoChannel
from trastienda.services.pricing.rounding import plain

_DEFAULT = select(Channel).where(Channel.slug == DEFAULT)


async def read(session: Reading) -> ChannelView:
    """Return the settings as they are now, not as this process remembers them."""
    if channel := await session.orm.scalar(_DEFAULT):
        return view(channel)
    raise NoChannel


async def claim(session: Session, seen: int | None) -> Channel:
    """Lock the default channel for a change. Raise ChannelChanged."""
    channel = await session.orm.scalar(_DEFAULT.with_for_update())
    if channel is None:
        raise NoChannel
    if seen not in {None, channel.version}:
        raise ChannelChanged(version=channel.version)
    return channel


def rewrite(channel: Channel, patch: ChannelPatch) -> None:
    """Write down what the patch names. Raise DefaultCurrencyMissing.

    Raise TaxSourceUnavailable, TaxCountryMissing, NoSuchCurrency, CountryUnknown, HostUnusable or
    OriginUnusable for what cannot be one.
    """
    given = {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    for name, value in given.items():
        setattr(channel, name, _spelled(name, value))
    if channel.default_currency not in channel.currencies:
        field = "default_currency" if "default_currency" in given else "currencies"
        raise DefaultCurrencyMissing(currency=channel.default_currency, pointer=f"/{field}")
    asks = "tax_source" in given and channel.tax_source is TaxSource.SERVICE
    if asks and not outside.has(outside.TAX):
        raise TaxSourceUnavailable(pointer="/tax_source")
    if channel.tax_country is not None:
        addresses.check_country(channel.tax_country, "/tax_country")
    elif channel.tax_source is not TaxSource.FLAT:
        field = "tax_country" if "tax_country" in given else "tax_source"
        raise TaxCountryMissing(pointer=f"/{field}")
    elif channel.exempts_businesses:
        raise TaxCountryMissing(pointer="/exempts_businesses")
    if channel.time_zone not in available_timezones():
        raise TimeZoneUnknown(pointer="/time_zone")
    channel.version += 1


async def save(session: Session) -> None:
    """Write what was changed; the constraint decides. Raise TaxClassUnknown."""
    try:
        await session.orm.flush()
    except IntegrityError as refusal:  # fk_channels_shipping_tax_class: the only one
        raise TaxClassUnknown(pointer="/shipping_tax_class") from refusal


def view(channel: Channel) -> ChannelView:
    return ChannelView(
        name=channel.name,
        default_currency=channel.default_currency,
        currencies=channel.currencies,
        locale=Locale(channel.locale),
        tax_rate=plain(channel.tax_rate),
        tax_source=channel.tax_source,
        prices_include_tax=channel.prices_include_tax,
        rounding=channel.rounding,
        tax_country=channel.tax_country,
        tax_outside=channel.tax_outside,
        cross_border=channel.cross_border,
        shipping_tax=channel.shipping_tax,
        shipping_tax_class=channel.shipping_tax_class,
        exempts_businesses=channel.exempts_businesses,
        time_zone=channel.time_zone,
        reminder_after=channel.reminder_after,
        countries=channel.countries,
        hosts=channel.hosts,
        origins=channel.origins,
        notify_email=channel.notify_email,
        version=channel.version,
    )


def _spelled(name: str, value: Any) -> Any:  # noqa: ANN401 - any setting
    """Write a setting as its column holds it, and lists without repetitions."""
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
