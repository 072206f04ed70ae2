"""The seller, the series and the moment of invoices."""

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.invoices.settings import InvoiceSettingsDraft, InvoiceSettingsView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels, staff_channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.invoices import settings as invoice_settings


@use_case
async def put(draft: InvoiceSettingsDraft, context: Context) -> InvoiceSettingsView:
    """Write the settings of invoices; orders get theirs at the new moment from then on.

    Raise InvoiceSettingsChanged, TaxNumberMissing, VatNumberUnusable, IbanUnusable,
    CountryUnknown, SeriesShared or VerifactuNeedsSpain.
    """
    async with transaction(context.once) as session:
        channel = await staff_channels.claim(session, None)
        settings = await invoice_settings.put(session, channel, draft, context.seen)
        view = invoice_settings.view(settings, channel)
        what = event_types.INVOICE_SETTINGS_CHANGED
        await events.append(session, what, settings.id, view, context)
        await session.answer(view)
    async with reading() as fresh:
        await channels.refresh(fresh)
    return view
