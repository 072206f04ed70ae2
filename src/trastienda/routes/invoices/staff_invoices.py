from trastienda.handlers.invoices.settings import get_invoice_settings, put_invoice_settings
from trastienda.handlers.invoices.staff_invoices import (
    cancel_invoice,
    get_invoice,
    get_invoice_pdf,
    get_invoice_xml,
    issue_invoice,
    list_invoices,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("invoices.read")], [requires("invoices.write")]
ONE = "/invoices/{invoice_id:uuid}"
SETTINGS = "/invoice-settings"

invoices = [
    Router("/invoices", route_handlers=[list_invoices], guards=READ),
    Router(ONE, route_handlers=[get_invoice], guards=READ),
    Router(f"{ONE}/pdf", route_handlers=[get_invoice_pdf], guards=READ),
    Router(f"{ONE}/xml", route_handlers=[get_invoice_xml], guards=READ),
    Router(f"{ONE}/cancellation", route_handlers=[cancel_invoice], guards=WRITE),
    Router("/orders/{order_id:uuid}/invoice", route_handlers=[issue_invoice], guards=WRITE),
    Router(SETTINGS, route_handlers=[get_invoice_settings], guards=READ),
    Router(SETTINGS, route_handlers=[put_invoice_settings], guards=[requires("settings.write")]),
]
