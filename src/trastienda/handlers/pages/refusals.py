"""The refusals that pages tell apart. Models define them; pages know no other part of a model."""

from trastienda.database.models.carts.cart import CartClosed, CartNotFound, CheckoutInProgress
from trastienda.database.models.payments.payment import PaymentBusy, PaymentState

__all__ = ["CartClosed", "CartNotFound", "CheckoutInProgress", "PaymentBusy", "PaymentState"]
