from trastienda.handlers.customers.customers import (
    erase_customer,
    export_customer,
    get_customer,
    list_customer_notes,
    list_customers,
    note_customer,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("customers.read")], [requires("customers.write")]
ERASE = [*WRITE, requires("customers.erase")]
EXPORT = [*WRITE, requires("orders.read")]
ONE = "/customers/{user_id:uuid}"

customers = [
    Router("/customers", route_handlers=[list_customers], guards=READ),
    Router(ONE, route_handlers=[get_customer], guards=READ),
    Router(f"{ONE}/notes", route_handlers=[list_customer_notes], guards=READ),
    Router(f"{ONE}/notes", route_handlers=[note_customer], guards=WRITE),
    Router(f"{ONE}/export", route_handlers=[export_customer], guards=EXPORT),
    Router(f"{ONE}/erasure", route_handlers=[erase_customer], guards=ERASE),
]
