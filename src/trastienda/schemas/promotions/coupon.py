"""The coupons of a promotion, as staff write and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

CodeDraft = Annotated[
    str,
    Meta(
        pattern=r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z",
        description="Letters, digits, `-` and `_`; stored in capitals.",
        examples=["SUMMER"],
    ),
]
Prefix = Annotated[
    str,
    Meta(
        pattern=r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z",
        description="The beginning of each code; stored in capitals.",
        examples=["SPRING-"],
    ),
]
Limit = Annotated[
    int, Meta(ge=1, le=1_000_000_000, description="How often it may be used.", examples=[1])
]
Active = Annotated[bool, Meta(examples=[True])]


class CouponDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    code: CodeDraft
    usage_limit: Limit | None = None
    active: Active = True


class CouponPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; null removes the limit."""

    usage_limit: Limit | UnsetType | None = UNSET
    active: Active | UnsetType = UNSET


class CouponsWanted(Struct, forbid_unknown_fields=True, kw_only=True):
    """A number of random codes, each valid for one use unless `usage_limit` says otherwise."""

    count: Annotated[int, Meta(ge=1, le=10_000, examples=[500])]
    prefix: Prefix | None = None
    length: Annotated[
        int, Meta(ge=8, le=32, description="Random characters, without prefix.", examples=[12])
    ] = 12
    usage_limit: Limit | None = 1


class CouponView(Struct, kw_only=True):
    id: UUID
    code: CodeDraft
    usage_limit: Limit | None
    uses: Annotated[int, Meta(description="Counted only if there is a limit.", examples=[0])]
    active: Active
    created_at: Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]
    version: int


class CouponPage(Struct):
    items: list[CouponView]
    next_cursor: str | None


class CouponsMade(Struct):
    count: Annotated[int, Meta(examples=[500])]
