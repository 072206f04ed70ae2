"""Tax classes and rates as staff write and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.naming import Label, Position
from trastienda.schemas.shared.percent import Percent

ClassCode = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"\A[a-z0-9]+([._-][a-z0-9]+)*\Z",
        description="The code by which variants and rates refer to the class; it never changes.",
        examples=["reduced"],
    ),
]
ClassName = Annotated[Label, Meta(examples=["Reduced"])]
RateName = Annotated[Label, Meta(examples=["IVA"])]
Compound = Annotated[
    bool, Meta(description="Whether it is also levied on the taxes before it.", examples=[False])
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
    """A tax of one jurisdiction; all that are in force for a zone and class are combined."""

    zone_id: UUID
    tax_class: ClassCode = "standard"
    name: RateName
    percent: Percent
    compound: Compound = False
    position: Position = 0
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    """The first moment at which it is no longer in force."""


class TaxRatePatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; null removes a start or an end."""

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
