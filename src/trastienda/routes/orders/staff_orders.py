from trastienda.handlers.orders.annotations import (
    fulfil_orders,
    get_timeline,
    note_order,
    tag_order,
    tag_orders,
)
from trastienda.handlers.orders.fulfilments import (
    cancel_fulfilment,
    change_fulfilment,
    collect_fulfilment,
    deliver_fulfilment,
    fulfil_order,
    get_fulfilment,
    list_order_fulfilments,
)
from trastienda.handlers.orders.staff_lists import list_all_orders
from trastienda.handlers.orders.staff_orders import (
    cancel_order,
    capture_order,
    explain_order,
    get_order_for_staff,
    set_payment_due,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("orders.read")], [requires("orders.write")]
ONE = "/orders/{order_id:uuid}"
PARCEL = "/fulfilments/{fulfilment_id:uuid}"

orders = [
    Router("/orders", route_handlers=[list_all_orders], guards=READ),
    Router(ONE, route_handlers=[get_order_for_staff], guards=READ),
    Router(f"{ONE}/explanation", route_handlers=[explain_order], guards=READ),
    Router(f"{ONE}/capture", route_handlers=[capture_order], guards=WRITE),
    Router(f"{ONE}/cancel", route_handlers=[cancel_order], guards=WRITE),
    Router(f"{ONE}/payment-due", route_handlers=[set_payment_due], guards=WRITE),
    Router(
        f"{ONE}/fulfilments",
        route_handlers=[
            Router("/", route_handlers=[list_order_fulfilments], guards=READ),
            Router("/", route_handlers=[fulfil_order], guards=WRITE),
        ],
    ),
    Router(
        PARCEL,
        route_handlers=[
            Router("/", route_handlers=[get_fulfilment], guards=READ),
            Router("/", route_handlers=[change_fulfilment], guards=WRITE),
        ],
    ),
    Router(f"{PARCEL}/collected", route_handlers=[collect_fulfilment], guards=WRITE),
    Router(f"{PARCEL}/delivered", route_handlers=[deliver_fulfilment], guards=WRITE),
    Router(f"{PARCEL}/cancel", route_handlers=[cancel_fulfilment], guards=WRITE),
    Router(f"{ONE}/tags", route_handlers=[tag_order], guards=WRITE),
    Router(f"{ONE}/notes", route_handlers=[note_order], guards=WRITE),
    Router(f"{ONE}/timeline", route_handlers=[get_timeline], guards=READ),
    Router("/orders/bulk/fulfil", route_handlers=[fulfil_orders], guards=WRITE),
    Router("/orders/bulk/tags", route_handlers=[tag_orders], guards=WRITE),
]
