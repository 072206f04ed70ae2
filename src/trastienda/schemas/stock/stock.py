from typing import Annotated

from msgspec import Meta, Struct

from trastienda.database.models.stock.stock import StaffReason

MOST_MOVED = 1_000_000_000


class MovementDraft(Struct, forbid_unknown_fields=True):
    """Units that are added to the stock (positive) or removed from it (negative)."""

    quantity: Annotated[int, Meta(ge=-MOST_MOVED, le=MOST_MOVED, examples=[10])]
    reason: StaffReason
    location: Annotated[str, Meta(min_length=1, max_length=64)] = "main"


class Level(Struct):
    on_hand: int
    reserved: int
    available: int


class StockLevel(Struct):
    location: str
    on_hand: int
    reserved: int
    available: int


class StockLevels(Struct):
    items: list[StockLevel]
