from litestar import Router

from trastienda.handlers.payments.challenges import answer_challenge, show_challenge
from trastienda.handlers.payments.webhooks import receive_payment_webhook

payments = [
    Router("/payments/{provider:str}/webhook", route_handlers=[receive_payment_webhook]),
    Router(
        "/payments/{provider:str}/challenges/{reference:str}",
        route_handlers=[show_challenge, answer_challenge],
        include_in_schema=False,
    ),
]
