"""Deliveries and their attempts, as staff read them, and which events to send again."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.webhooks.webhook import DeliveryState, Trouble
from trastienda.schemas.webhooks.webhook import TypeFilters

Moment = Annotated[datetime, Meta(tz=True)]
Position = Annotated[int, Meta(ge=0, le=2**53, examples=[1042])]


class DeliveriesWanted(Struct, frozen=True, kw_only=True):
    webhook_id: UUID
    state: DeliveryState | None
    limit: int
    cursor: str | None


class DeliveryView(Struct, kw_only=True):
    id: UUID
    webhook_id: UUID
    event_id: UUID
    """The `webhook-id` of the request."""
    type: Annotated[str, Meta(examples=["order.placed"])]
    state: DeliveryState
    attempts: Annotated[int, Meta(examples=[1])]
    created_at: datetime
    due_at: datetime | None
    """The earliest time of the next try; null once it is over."""
    ended_at: datetime | None


class DeliveryPage(Struct):
    items: list[DeliveryView]
    next_cursor: str | None


class AttemptView(Struct, kw_only=True):
    number: Annotated[int, Meta(examples=[1])]
    at: datetime
    milliseconds: Annotated[int, Meta(examples=[82])]
    request_headers: Annotated[dict[str, Any], Meta(examples=[{"webhook-timestamp": "1764000000"}])]
    """Without the signature."""
    status: Annotated[int | None, Meta(examples=[204])]
    """Null if there was no answer."""
    answer: Annotated[str | None, Meta(examples=["ok"])]
    """Its first 1,024 bytes."""
    trouble: Trouble | None
    """Null if it was delivered."""


class DeliveryDetail(DeliveryView, kw_only=True):
    tries: list[AttemptView]
    """The last 100 tries, in order."""


class ReplayWanted(Struct, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}):
    """The events of a time (`from` ≤ time < `to`), or between two positions, exclusive."""

    from_: Moment | None = None
    to: Moment | None = None
    after: Position | None = None
    before: Position | None = None
    types: TypeFilters | None = None
    """Left out, the types that the webhook is for."""


class ReplayView(Struct, kw_only=True):
    queued: Annotated[int, Meta(examples=[240])]
    """Deliveries, at most 10,000 in one call."""
    up_to: Annotated[int | None, Meta(examples=[1042])]
    """The position of the last event that was queued."""
    more: Annotated[bool, Meta(examples=[False])]
    """Whether there are more: go on with `after` set to this position."""
