"""The settings of invoices, as staff see and write them."""

from litestar import Response, get, put
from litestar.params import JSONBody

from trastienda.controllers.invoices import settings
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.invoices.settings import InvoiceSettingsDraft, InvoiceSettingsView
from trastienda.services.channels import channels
from trastienda.services.invoices import settings as settings_on_record


@get()
async def get_invoice_settings() -> Response[InvoiceSettingsView]:
    """Read who the seller is, how invoices are numbered, and when they are issued."""
    async with reading() as session:
        return versioned(await settings_on_record.read(session, channels.current().id))


@put(opt={"refuses": [412]})
async def put_invoice_settings(
    context: RequestContext, data: JSONBody[InvoiceSettingsDraft]
) -> Response[InvoiceSettingsView]:
    """Write the settings of invoices, whole. What has been issued stays as it is."""
    return versioned(await settings.put(data, context))
