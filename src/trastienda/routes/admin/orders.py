from litestar import Router

from trastienda.handlers.admin.orders import (
    cancel_order,
    capture_order,
    explain_order,
    fulfil_order,
    get_order_for_staff,
    list_all_orders,
)
from trastienda.middlewares.access import requires

READ, WRITE = [requires("orders.read")], [requires("orders.write")]
ONE = "/orders/{order_id:uuid}"

orders = [
    Router("/orders", route_handlers=[list_all_orders], guards=READ),
    Router(ONE, route_handlers=[get_order_for_staff], guards=READ),
    Router(f"{ONE}/explanation", route_handlers=[explain_order], guards=READ),
    Router(f"{ONE}/capture", route_handlers=[capture_order], guards=WRITE),
    Router(f"{ONE}/cancel", route_handlers=[cancel_order], guards=WRITE),
    Router(f"{ONE}/fulfilments", route_handlers=[fulfil_order], guards=WRITE),
]
