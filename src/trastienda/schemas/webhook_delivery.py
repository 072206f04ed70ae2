"""What became of events on their way to an endpoint, and which to send once more."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.webhook import DeliveryState, Trouble
from trastienda.schemas.webhook import TypeFilters

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
    """The next try, at the earliest; None once it is over."""
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
    """None: there was no answer."""
    answer: Annotated[str | None, Meta(examples=["ok"])]
    """Its first 1,024 bytes."""
    trouble: Trouble | None
    """None: it was delivered."""


class DeliveryDetail(DeliveryView, kw_only=True):
    tries: list[AttemptView]
    """The last 100, the first of them first."""


class ReplayWanted(Struct, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}):
    """Events of a time (`from` ≤ time < `to`), or between two positions, which are not included."""

    from_: Moment | None = None
    to: Moment | None = None
    after: Position | None = None
    before: Position | None = None
    types: TypeFilters | None = None
    """None: those that the endpoint is for."""


class ReplayView(Struct, kw_only=True):
    queued: Annotated[int, Meta(examples=[240])]
    """Deliveries, at most 10,000 in one call."""
    up_to: Annotated[int | None, Meta(examples=[1042])]
    """The position of the last event that was queued."""
    more: Annotated[bool, Meta(examples=[False])]
    """True: go on with `after` this position."""
