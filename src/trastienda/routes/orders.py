from litestar import Router

from trastienda.handlers.orders import get_order, list_orders
from trastienda.middlewares.access import customers

orders = [
    Router("/orders", route_handlers=[list_orders], guards=[customers]),
    Router("/orders/{order_id:uuid}", route_handlers=[get_order]),
]
