"""All that happened around an order, in the order in which it happened."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.actor import ActorKind
from trastienda.schemas.shared.money import Currency, Sum

TimelineKind = Literal["event", "refund", "return", "payment", "dispute", "email", "note", "edit"]
"""Payments, disputes and emails are shown as they stand now."""


class TimelineSort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


class TimelineActor(Struct):
    """Who did it; the name that they have now."""

    type: ActorKind
    id: UUID | None
    name: str | None
    """None for guests and the shop itself, and once the account or key is gone."""


class TimelineEntry(Struct, kw_only=True):
    id: UUID
    """Of the event, the payment, the dispute, the email, the note or the edit."""
    kind: TimelineKind
    type: Annotated[
        str,
        Meta(
            description="The type of the event, the provider of the payment or the dispute, the "
            "name of the email, `note`, or `edit`.",
            examples=["order.fulfilled"],
        ),
    ]
    at: datetime
    by: TimelineActor
    status: str | UnsetType = UNSET
    """Of a payment, a dispute or an email."""
    amount: Sum | UnsetType = UNSET
    """Of a payment, a dispute or a refund."""
    currency: Currency | UnsetType = UNSET
    refund_id: UUID | UnsetType = UNSET
    return_id: UUID | UnsetType = UNSET
    number: str | UnsetType = UNSET
    """Of a return."""
    reason: str | UnsetType = UNSET
    """Why it was refunded, returned, cancelled, edited, declined, disputed, or not taken back."""
    difference: int | UnsetType = UNSET
    """How much more the order costs since an edit; negative where it costs less."""
    recipient: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    """What it was tagged with then."""
    text: str | UnsetType = UNSET
    """Of a note."""


class Timeline(Struct):
    items: list[TimelineEntry]
    next_cursor: str | None


class TimelineWanted(Struct, frozen=True, kw_only=True):
    """Which part of a timeline."""

    limit: int = 100
    cursor: str | None = None
    sort: TimelineSort = TimelineSort.NEWEST
