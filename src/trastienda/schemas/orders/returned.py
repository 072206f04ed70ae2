"""Returns, as an order shows them to its buyer."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.returns.order_return import ReturnState


class OrderReturnLine(Struct):
    line_id: UUID
    quantity: int
    received_quantity: int


class ExchangeFor(Struct):
    """The return whose goods this order replaces."""

    order_id: UUID
    return_id: UUID
    number: str
    """Of the return."""


class OrderReturnView(Struct, kw_only=True):
    """A return, in short."""

    id: UUID
    number: str
    """The order's number, and that of the return within it: for the parcel that comes back."""
    status: ReturnState
    lines: list[OrderReturnLine]
    asked_at: datetime
