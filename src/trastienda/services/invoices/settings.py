"""The seller and the series of a channel, as staff write them."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs
from sqlalchemy import select
from stdnum import iban
from stdnum.exceptions import ValidationError

from trastienda.database.db import Reading, Session
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.database.models.invoices.settings import InvoiceSettings
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.invoices.document import Party
from trastienda.schemas.invoices.settings import (
    InvoiceSettingsDraft,
    InvoiceSettingsView,
    TaxExchangeRate,
)
from trastienda.schemas.shared.address import Address
from trastienda.services.invoices.numbering import series_of
from trastienda.services.shared import addresses, currencies
from trastienda.services.shared.records import expect_version, rewrite, shown
from trastienda.services.taxes import vat_numbers

SPAIN = "ES"


async def of_channel(session: Reading, channel_id: UUID) -> InvoiceSettings:
    """Return the settings of a channel. Raise InvoiceSettingsMissing."""
    query = select(InvoiceSettings).where(InvoiceSettings.channel_id == channel_id)
    if found := await session.orm.scalar(query):
        return found
    raise InvoiceSettingsMissing


async def read(session: Reading, channel_id: UUID) -> InvoiceSettingsView:
    """Return the settings of a channel. Raise InvoiceSettingsNotFound."""
    query = select(InvoiceSettings).where(InvoiceSettings.channel_id == channel_id)
    settings = await session.orm.scalar(query)
    if settings is None:
        raise InvoiceSettingsNotFound
    return view(settings, await session.orm.get_one(Channel, channel_id))


async def put(
    session: Session, channel: Channel, draft: InvoiceSettingsDraft, seen: int | None
) -> InvoiceSettings:
    """Write the settings of a channel, whose row is locked, new or again.

    Raise InvoiceSettingsChanged, and what `_checked` raises.
    """
    fields = _checked(draft)
    channel.invoice_moment = fields.pop("moment")
    query = select(InvoiceSettings).where(InvoiceSettings.channel_id == channel.id)
    settings = await session.orm.scalar(query.with_for_update())
    if settings is None:
        settings = InvoiceSettings(channel_id=channel.id, **fields)
        session.orm.add(settings)
    else:
        expect_version(settings.version, seen, InvoiceSettingsChanged)
        rewrite(settings, fields)
    await session.orm.flush()
    return settings


def view(settings: InvoiceSettings, channel: Channel) -> InvoiceSettingsView:
    made = {
        "moment": channel.invoice_moment,
        "address": _address(settings),
        "tax_rates": rates(settings),
    }
    return shown(settings, InvoiceSettingsView, **made)


def seller(settings: InvoiceSettings, *, vouchers: bool = False) -> Party:
    """Return who sells. What is not subject to VAT names no VAT number (EN 16931, BR-O-02)."""
    return Party(
        name=settings.name,
        address=_address(settings),
        vat_number=None if vouchers else settings.vat_number,
        tax_number=settings.tax_number or (settings.vat_number if vouchers else None),
        registration=settings.registration,
        iban=settings.iban,
    )


def rates(settings: InvoiceSettings) -> list[TaxExchangeRate]:
    """Return the rates at which the tax of invoices in other currencies is converted."""
    return msgspec.convert(settings.tax_rates, list[TaxExchangeRate])


def _address(settings: InvoiceSettings) -> Address:
    return msgspec.convert(settings.address, Address)


def _checked(draft: InvoiceSettingsDraft) -> dict[str, Any]:
    """Return the columns, spelled as they are kept.

    Raise TaxNumberMissing, VatNumberUnusable, IbanUnusable, CountryUnknown, SeriesShared,
    VerifactuNeedsSpain, NoSuchCurrency or TaxExchangeRatesUnusable.
    """
    fields = structs.asdict(draft)
    addresses.check_country(draft.address.country, "/address/country")
    if draft.vat_number is None and draft.tax_number is None:
        raise TaxNumberMissing(pointer="/tax_number")
    if draft.vat_number is not None:
        fields["vat_number"] = vat_numbers.compacted(draft.vat_number, "/vat_number")
    if draft.iban is not None:
        try:
            fields["iban"] = iban.validate(draft.iban)
        except ValidationError as error:
            raise IbanUnusable(pointer="/iban") from error
    if series_of(draft.invoice_series) == series_of(draft.credit_note_series):
        raise SeriesShared(pointer="/credit_note_series")
    if draft.verifactu is not VerifactuMode.DISABLED and draft.address.country != SPAIN:
        raise VerifactuNeedsSpain(pointer="/verifactu")
    _expect_rates(draft)
    fields["address"] = msgspec.to_builtins(draft.address)
    fields["tax_rates"] = msgspec.to_builtins(draft.tax_rates)
    return fields


def _expect_rates(draft: InvoiceSettingsDraft) -> None:
    """Raise NoSuchCurrency or TaxExchangeRatesUnusable."""
    if draft.tax_currency is not None:
        currencies.check(draft.tax_currency, "/tax_currency")
    known = {draft.tax_currency}
    for index, rate in enumerate(draft.tax_rates):
        currencies.check(rate.currency, f"/tax_rates/{index}/currency")
        if rate.currency in known or draft.tax_currency is None:
            raise TaxExchangeRatesUnusable(pointer=f"/tax_rates/{index}/currency")
        known.add(rate.currency)


class InvoiceSettingsNotFound(NotFound):
    """The settings of invoices have not been written yet."""


class InvoiceSettingsMissing(Conflict):
    """Before the first invoice, somebody has to say who the seller is."""


class InvoiceSettingsChanged(Stale):
    """The settings of invoices have changed since you read them."""


class TaxNumberMissing(Invalid):
    """A seller has a VAT number or a tax number, or both."""


class IbanUnusable(Invalid):
    """This is no number of a bank account (ISO 13616)."""


class SeriesShared(Invalid):
    """Invoices and credit notes are numbered in series of their own."""


class TaxExchangeRatesUnusable(Invalid):
    """Rates are into the currency of your taxes: one from each other currency."""


class VerifactuNeedsSpain(Invalid):
    """VERI*FACTU is for sellers in Spain."""
