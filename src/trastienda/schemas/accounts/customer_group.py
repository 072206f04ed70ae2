"""Customer groups: what staff write, and what they read back."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.naming import Label

GroupCode = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
        max_length=64,
        description="How promotions name it; it never changes.",
        examples=["club"],
    ),
]
GroupName = Annotated[Label, Meta(examples=["Club members"])]


class CustomerGroupDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    code: GroupCode
    name: GroupName


class CustomerGroupPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    name: GroupName | UnsetType = UNSET


class CustomerGroupView(Struct):
    id: UUID
    code: GroupCode
    name: GroupName
    version: int


class CustomerGroupPage(Struct):
    items: list[CustomerGroupView]
    next_cursor: str | None


class Member(Struct, forbid_unknown_fields=True, kw_only=True):
    """An account, named by its address or its id."""

    email: Email | None = None
    user_id: UUID | None = None


class MemberView(Struct):
    user_id: UUID
    email: Email
    name: Annotated[str, Meta(examples=["Ana"])]


class MemberPage(Struct):
    items: list[MemberView]
    next_cursor: str | None
