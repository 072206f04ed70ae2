from trastienda.handlers.invoices.invoices import (
    get_pdf_of_order,
    get_xml_of_order,
    list_invoices_of_order,
)
from trastienda.handlers.shared.tables import Router

ALL = "/orders/{order_id:uuid}/invoices"
ONE = f"{ALL}/{{invoice_id:uuid}}"

invoices = [
    Router(ALL, route_handlers=[list_invoices_of_order]),
    Router(f"{ONE}/pdf", route_handlers=[get_pdf_of_order]),
    Router(f"{ONE}/xml", route_handlers=[get_xml_of_order]),
]
