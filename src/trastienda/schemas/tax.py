"""What staff write about tax classes and rates, and what they read back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.naming import Label, Position

ClassCode = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"\A[a-z0-9]+([._-][a-z0-9]+)*\Z",
        description="What variants and rates call the class; it never changes.",
        examples=["reduced"],
    ),
]
ClassName = Annotated[Label, Meta(examples=["Reduced"])]
RateName = Annotated[Label, Meta(examples=["IVA"])]
Percent = Annotated[
    str,
    Meta(
        pattern=r"\A(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)\Z",
        description="Per cent, 0 to 100.",
        examples=["21"],
    ),
]
Compound = Annotated[
    bool, Meta(description="Whether it is also on the taxes before it.", examples=[False])
]
Moment = Annotated[datetime, Meta(tz=True, examples=["2026-01-01T00:00:00Z"])]


class TaxClassDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    code: ClassCode
    name: ClassName


class TaxClassPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    name: ClassName | UnsetType = UNSET


class TaxClassView(Struct, kw_only=True):
    id: UUID
    code: ClassCode
    name: ClassName
    version: int


class TaxClasses(Struct):
    items: list[TaxClassView]
    next_cursor: None = None


class TaxRateDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """One tax of one jurisdiction; all of a zone and class that are in force are combined."""

    zone_id: UUID
    tax_class: ClassCode = "standard"
    name: RateName
    percent: Percent
    compound: Compound = False
    position: Position = 0
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    """The first moment at which it is not in force any more."""


class TaxRatePatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; null opens an end."""

    zone_id: UUID | UnsetType = UNSET
    tax_class: ClassCode | UnsetType = UNSET
    name: RateName | UnsetType = UNSET
    percent: Percent | UnsetType = UNSET
    compound: Compound | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    starts_at: Moment | UnsetType | None = UNSET
    ends_at: Moment | UnsetType | None = UNSET


class TaxRateView(Struct, kw_only=True):
    id: UUID
    zone_id: UUID
    tax_class: ClassCode
    name: RateName
    percent: Percent
    compound: Compound
    position: Position
    starts_at: Moment | None
    ends_at: Moment | None
    version: int


class TaxRatePage(Struct):
    items: list[TaxRateView]
    next_cursor: str | None
