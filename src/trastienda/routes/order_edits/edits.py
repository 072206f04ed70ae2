from trastienda.handlers.order_edits.edits import edit_order, list_order_edits
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

order_edits = [
    Router(
        "/orders/{order_id:uuid}/edits",
        route_handlers=[
            Router("/", route_handlers=[list_order_edits], guards=[requires("orders.read")]),
            Router("/", route_handlers=[edit_order], guards=[requires("orders.write")]),
        ],
    )
]
