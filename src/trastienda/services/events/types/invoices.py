"""Events about invoices."""

from trastienda.schemas.invoices.invoice import InvoiceTold
from trastienda.schemas.invoices.settings import InvoiceSettingsView
from trastienda.services.events.types.kinds import kind

INVOICE_ISSUED = kind(
    "invoice.issued", "An invoice or a credit note is issued, and can be fetched.", InvoiceTold
)
INVOICE_CANCELLED = kind(
    "invoice.cancelled", "Staff said that an invoice was issued in error.", InvoiceTold
)
INVOICE_SETTINGS_CHANGED = kind(
    "invoice_settings.changed",
    "Staff changed the seller, the series or the moment of invoices.",
    InvoiceSettingsView,
)
