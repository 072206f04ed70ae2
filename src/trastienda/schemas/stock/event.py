"""The data of events about stock."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.stock.stock import Reason


class StockChange(Struct, kw_only=True):
    """The stock of a variant at a location, after a change."""

    variant_id: UUID
    sku: str
    location: Annotated[str, Meta(examples=["main"])]
    on_hand: int
    reserved: int
    available: int
    reason: Reason | None = None
    """None for stock that is older than these events, or that came with a new variant."""
    source_id: UUID | None = None
    """The order, or the payment attempt that became it."""


class StockGone(Struct, kw_only=True):
    variant_id: UUID
    sku: str
    location: Annotated[str, Meta(examples=["main"])]
