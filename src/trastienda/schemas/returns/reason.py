"""The reasons for returns, as staff write and read them."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.naming import Label, Position

ReasonCode = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"\A[a-z0-9]+([._-][a-z0-9]+)*\Z",
        description="What programs call the reason; it never changes.",
        examples=["does_not_fit"],
    ),
]
ReasonName = Annotated[Label, Meta(examples=["It does not fit"])]
NeedsNote = Annotated[
    bool, Meta(description="Whether the customer has to say more.", examples=[False])
]
ChargesFees = Annotated[
    bool,
    Meta(
        description="Whether the policy's deductions apply; not where the merchant is at fault.",
        examples=[True],
    ),
]
_Active = Annotated[bool, Meta(description="Whether it can be chosen.", examples=[True])]
_IN_SPANISH = Meta(examples=[{"es": "No me queda bien"}])


class ReturnReasonDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    code: ReasonCode
    name: ReasonName
    translations: Annotated[dict[Locale, ReasonName], _IN_SPANISH] = {}
    """Its name in other languages; `name` is used for the rest."""
    needs_note: NeedsNote = False
    charges_fees: ChargesFees = True
    active: _Active = True
    position: Position = 0


class ReturnReasonPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    name: ReasonName | UnsetType = UNSET
    translations: Annotated[dict[Locale, ReasonName | None], _IN_SPANISH] | UnsetType = UNSET
    """Null removes a translation."""
    needs_note: NeedsNote | UnsetType = UNSET
    charges_fees: ChargesFees | UnsetType = UNSET
    active: _Active | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class ReturnReasonView(Struct, kw_only=True):
    id: UUID
    code: ReasonCode
    names: Annotated[
        dict[Locale, str], Meta(examples=[{"en": "It does not fit", "es": "No me queda bien"}])
    ]
    needs_note: NeedsNote
    charges_fees: ChargesFees
    active: _Active
    position: Position
    version: int


class ReturnReasons(Struct):
    items: list[ReturnReasonView]
    next_cursor: None = None
