"""How a payment stands, and orders that are paid after they were placed."""

from trastienda.controllers.orders.paying.of_cart import cancel_payment, payment_of
from trastienda.controllers.orders.paying.of_order import (
    cancel_payment_of_order,
    pay,
    payment_of_order,
)
from trastienda.controllers.orders.paying.request import request_payment

__all__ = [
    "cancel_payment",
    "cancel_payment_of_order",
    "pay",
    "payment_of",
    "payment_of_order",
    "request_payment",
]
