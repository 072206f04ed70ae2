"""Lists of stock and of what moved it, and counts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.stock.stock import Reason
from trastienda.schemas.stock.stock import MOST_MOVED, Level

LocationName = Annotated[str, Meta(examples=["main"])]
Units = Annotated[int, Meta(ge=0, le=MOST_MOVED)]


class StockItem(Struct, kw_only=True):
    """The stock of a variant at a location."""

    sku: str
    name: Annotated[str, Meta(examples=["Mug, blue"])]
    variant_id: UUID
    product_id: UUID
    location: LocationName
    on_hand: int
    reserved: int
    available: int


class StockPage(Struct):
    items: list[StockItem]
    next_cursor: str | None


class StockWanted(Struct, frozen=True, kw_only=True):
    """Which stock, from where on."""

    limit: int = 24
    cursor: str | None = None
    sku: str | None = None
    product_id: UUID | None = None
    location: str | None = None
    available_below: int | None = None
    reserved: bool | None = None


class StockMovementView(Struct, kw_only=True):
    """An entry of the stock ledger, which is never changed."""

    location: LocationName
    reason: Reason
    on_hand: Annotated[int, Meta(description="How many units came, or (negative) went.")]
    reserved: Annotated[int, Meta(description="How many units more, or fewer, were promised.")]
    at: datetime
    source_id: UUID | None
    """The order, or the payment attempt that became it."""
    actor_id: UUID | None
    """The member of staff or the API key."""


class StockMovementPage(Struct):
    items: list[StockMovementView]
    next_cursor: str | None


class StockMovementsWanted(Struct, frozen=True, kw_only=True):
    """Which movements of a SKU, from where on."""

    limit: int = 24
    cursor: str | None = None
    location: str | None = None
    reason: Reason | None = None


class CountDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """How many units are on the shelf, those included that are reserved for orders."""

    counted: Annotated[Units, Meta(examples=[7])]
    location: Annotated[str, Meta(min_length=1, max_length=64)] = "main"
    expected: Annotated[Units, Meta(examples=[9])] | None = None
    """What was `on_hand` when the count began: if units have come or gone since, it is refused."""


class CountView(Level, kw_only=True):
    """The level after a count."""

    difference: Annotated[int, Meta(description="What the count has added or removed.")]
