from trastienda.handlers.returns.returns import (
    ask_for_return,
    get_returnable,
    list_returns_of_order,
    withdraw_own_return,
)
from trastienda.handlers.shared.tables import Router

ORDER = "/orders/{order_id:uuid}"

returns = [
    Router(f"{ORDER}/returnable", route_handlers=[get_returnable]),
    Router(f"{ORDER}/returns", route_handlers=[list_returns_of_order, ask_for_return]),
    Router(f"{ORDER}/returns/{{return_id:uuid}}/withdraw", route_handlers=[withdraw_own_return]),
]
