"""Lists of the admin with their filters, as a member of staff saves them for themselves."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.shared.naming import NOT_BLANK

ListName = Literal["orders"]
ViewName = Annotated[str, Meta(min_length=1, max_length=60, pattern=NOT_BLANK)]
Query = Annotated[str, Meta(max_length=2_000, pattern=r"\A[!-~]*\Z")]


class SavedViewDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    list: ListName
    name: ViewName
    query: Query = ""


class SavedViewView(Struct, kw_only=True):
    id: UUID
    name: str
    query: str
