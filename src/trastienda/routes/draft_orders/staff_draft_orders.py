from trastienda.handlers.draft_orders.draft_orders import (
    change_draft_order,
    complete_draft_order,
    create_draft_order,
    delete_draft_order,
    get_draft_order,
    list_draft_orders,
    send_draft_order,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("orders.read")], [requires("orders.write")]
ALL, ONE = "/draft-orders", "/draft-orders/{draft_id:uuid}"

draft_orders = [
    Router(ALL, route_handlers=[list_draft_orders], guards=READ),
    Router(ALL, route_handlers=[create_draft_order], guards=WRITE),
    Router(ONE, route_handlers=[get_draft_order], guards=READ),
    Router(ONE, route_handlers=[change_draft_order, delete_draft_order], guards=WRITE),
    Router(f"{ONE}/send", route_handlers=[send_draft_order], guards=WRITE),
    Router(f"{ONE}/complete", route_handlers=[complete_draft_order], guards=WRITE),
]
