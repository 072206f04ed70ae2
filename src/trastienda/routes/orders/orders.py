from trastienda.handlers.orders.orders import get_order, list_orders, request_order_link
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers

orders = [
    Router("/orders", route_handlers=[list_orders], guards=[customers]),
    Router("/orders/links", route_handlers=[request_order_link]),
    Router("/orders/{order_id:uuid}", route_handlers=[get_order]),
]
