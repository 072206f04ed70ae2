"""Stock locations as staff write and read them."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.naming import Label, Position

LocationCode = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"\A[a-z0-9]+([._-][a-z0-9]+)*\Z",
        description="The code that stock movements use; it never changes.",
        examples=["warehouse-2"],
    ),
]
LocationName = Annotated[Label, Meta(examples=["Warehouse 2"])]


class LocationDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    code: LocationCode
    name: LocationName
    position: Position = 0
    """Orders take stock from the lowest position first."""


class LocationPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    name: LocationName | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class LocationView(Struct, kw_only=True):
    id: UUID
    code: LocationCode
    name: LocationName
    position: Position
    version: int


class Locations(Struct):
    items: list[LocationView]
    next_cursor: None = None
