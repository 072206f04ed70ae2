from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.payments.payment import Operation, PaymentState
from trastienda.schemas.orders.order import OrderDraft


class Attempt(Struct, kw_only=True):
    """One try to be paid for a cart; `id` is the key that the provider deduplicates by."""

    id: UUID
    provider: str
    token: str | None
    draft: OrderDraft
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
    def amount(self) -> int:
        return self.draft.amount_due

    @property
    def currency(self) -> str:
        return self.draft.currency
