from trastienda.handlers.payments.challenges import answer_challenge, show_challenge
from trastienda.handlers.payments.order_payments import (
    cancel_order_payment,
    get_order_payment,
    pay_order,
)
from trastienda.handlers.payments.webhooks import receive_payment_webhook
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.requests.rates import CHECKOUTS, limited

payments = [
    Router(
        "/orders/{order_id:uuid}/payments",
        route_handlers=[pay_order],
        guards=[limited(CHECKOUTS)],
    ),
    Router(
        "/orders/{order_id:uuid}/payment",
        route_handlers=[get_order_payment, cancel_order_payment],
    ),
    Router("/payments/{provider:str}/webhook", route_handlers=[receive_payment_webhook]),
    Router(
        "/payments/{provider:str}/challenges/{reference:str}",
        route_handlers=[show_challenge, answer_challenge],
        include_in_schema=False,
    ),
]
