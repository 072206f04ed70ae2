"""Zones as staff write and read them."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.address import Country
from trastienda.schemas.shared.naming import Label

ZoneName = Annotated[Label, Meta(examples=["Canary Islands"])]
Region = Annotated[
    Label,
    Meta(description="As in addresses; case and accents do not matter.", examples=["Madrid"]),
]
PostalPattern = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=41,
        description="A code, a prefix, or a range of codes: `28013`, `28*`, `28001-28080`.",
        examples=["28001-28080"],
    ),
]


class AreaDraft(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A country, or only a region of it, or only some of its postal codes."""

    country: Country
    region: Region | None = None
    postal_code: PostalPattern | None = None


Areas = Annotated[list[AreaDraft], Meta(min_length=1, max_length=1_000)]


class ZoneDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """The zone contains the addresses in any of its areas."""

    name: ZoneName
    areas: Areas


class ZonePatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; the areas are replaced as a whole."""

    name: ZoneName | UnsetType = UNSET
    areas: Areas | UnsetType = UNSET


class ZoneView(Struct, kw_only=True):
    id: UUID
    name: ZoneName
    areas: list[AreaDraft]
    version: int


class Zones(Struct):
    items: list[ZoneView]
    next_cursor: None = None
