from trastienda.handlers.pages.storefront.draft_orders import accept_offer, show_offer
from trastienda.handlers.pages.storefront.orders import (
    come_back_to_order,
    find_order,
    pay_order_by_form,
    send_order_link,
    show_order,
    show_payment,
)
from trastienda.handlers.pages.storefront.returns import (
    ask_for_return_by_form,
    show_return_form,
    withdraw_return_by_form,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.requests.rates import CHECKOUTS, limited

ORDER = "/orders/{order_id:uuid}"

orders = [
    Router("/orders/find", route_handlers=[find_order, send_order_link]),
    Router(ORDER, route_handlers=[show_order]),
    Router(f"{ORDER}/pay", route_handlers=[show_payment]),
    Router(f"{ORDER}/pay", route_handlers=[pay_order_by_form], guards=[limited(CHECKOUTS)]),
    Router(f"{ORDER}/paid", route_handlers=[come_back_to_order]),
    Router(f"{ORDER}/return", route_handlers=[show_return_form, ask_for_return_by_form]),
    Router(
        f"{ORDER}/returns/{{return_id:uuid}}/withdraw", route_handlers=[withdraw_return_by_form]
    ),
    Router("/draft-orders/{draft_id:uuid}", route_handlers=[show_offer, accept_offer]),
]
