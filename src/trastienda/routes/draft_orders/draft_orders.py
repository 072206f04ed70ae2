from trastienda.handlers.draft_orders.draft_orders import get_sent_draft_order, order_draft_order
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.requests.rates import CHECKOUTS, limited

ONE = "/draft-orders/{draft_id:uuid}"

draft_orders = [
    Router(ONE, route_handlers=[get_sent_draft_order]),
    Router(f"{ONE}/order", route_handlers=[order_draft_order], guards=[limited(CHECKOUTS)]),
]
