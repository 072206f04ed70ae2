"""Disputes of payments, as staff and events see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.payments.dispute import DisputeState
from trastienda.schemas.shared.money import Currency, Sum


class DisputeView(Struct, kw_only=True):
    """That a buyer has their bank demand the money of a payment back."""

    id: UUID
    status: DisputeState
    reason: Annotated[str, Meta(examples=["fraudulent"])]
    """In the provider's own word."""
    amount: Sum
    withdrawn: Sum
    """What the provider has taken back of the payment until now."""
    currency: Currency
    reference: Annotated[str, Meta(examples=["dp_1Mx2kq"])]
    """The provider's own id."""
    respond_by: datetime | None
    """Until when you answer, at the provider."""
    opened_at: datetime
    ended_at: datetime | None


class DisputeTold(DisputeView, kw_only=True):
    """A dispute, and the payment and the order that it is about."""

    payment_id: UUID
    provider: str
    order_id: UUID | None
