from trastienda.handlers.payments.order_payments import send_payment_link
from trastienda.handlers.payments.staff_refunds import (
    get_refund,
    get_refundable,
    list_order_payments,
    list_order_refunds,
    refund_order,
    retry_refund,
    withdraw_refund,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("orders.read")], [requires("refunds.write")]
ORDER = "/orders/{order_id:uuid}"
ONE = "/refunds/{refund_id:uuid}"

refunds = [
    Router(f"{ORDER}/payments", route_handlers=[list_order_payments], guards=READ),
    Router(
        f"{ORDER}/payment-link",
        route_handlers=[send_payment_link],
        guards=[requires("orders.write")],
    ),
    Router(f"{ORDER}/refundable", route_handlers=[get_refundable], guards=READ),
    Router(
        f"{ORDER}/refunds",
        route_handlers=[
            Router("/", route_handlers=[list_order_refunds], guards=READ),
            Router("/", route_handlers=[refund_order], guards=WRITE),
        ],
    ),
    Router(ONE, route_handlers=[get_refund], guards=READ),
    Router(f"{ONE}/retry", route_handlers=[retry_refund], guards=WRITE),
    Router(f"{ONE}/withdraw", route_handlers=[withdraw_refund], guards=WRITE),
]
