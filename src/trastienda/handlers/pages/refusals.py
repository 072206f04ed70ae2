"""The refusals that pages tell apart. Models define them; pages know no other part of a model."""

from trastienda.database.models.carts.cart import CartClosed, CartNotFound, TotalChanged
from trastienda.database.models.payments.payment import PaymentNotFound, PaymentState

__all__ = ["CartClosed", "CartNotFound", "PaymentNotFound", "PaymentState", "TotalChanged"]
