from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.payments.payment import Operation, PaymentState
from trastienda.schemas.orders.order import OrderDraft


class Attempt(Struct, kw_only=True):
    """One try to be paid for a cart or an order; the provider deduplicates by its `id`."""

    id: UUID
    provider: str
    token: str | None
    amount: int
    """What is asked for, in minor units."""
    currency: str
    draft: OrderDraft | None = None
    """What the cart becomes when it is paid; None: it pays an order that is there already."""
    email: str | None = None
    """The buyer's, where there is no draft to say it."""
    locale: str | None = None
    """The language of the order, where there is none either."""
    capture_at_once: bool = True
    """Whether the provider takes the money with its yes."""
    return_url: str | None = None
    state: PaymentState = PaymentState.STARTED
    reason: str | None = None
    reference: str | None = None
    """The provider's own id of it."""
    next_action: dict[str, Any] | None = None
    """What the buyer has to do."""
    order_id: UUID | None = None
    """The order that it pays; of a cart's payment None until that is placed."""
    captured: int = 0
    refunded: int = 0
    operation: Operation | None = None
    """What the provider has been asked to do with it, and has not answered yet."""
    operation_amount: int | None = None
    operation_attempt: int = 0
    held_until: datetime | None = None
    capture_before: datetime | None = None
    checked_at: datetime | None = None
    expiry_told_at: datetime | None = None
    created_at: datetime | None = None
    provider_id: UUID | None = None
    """The row of its provider, when it is started; None: it is built in."""
    cart_state: CartState | None = None
    """Of a payment that is locked, whose cart is locked with it; None when that is gone."""

    @property
    def cart_id(self) -> str | None:
        return self.draft.cart_id if self.draft else None
