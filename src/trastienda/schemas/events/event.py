"""Events: the envelope that they share, and the kinds with the shape of their data."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.shared.actor import Actor


class EventType(Struct, frozen=True, kw_only=True):
    """A kind of event; `data` is the shape of its data."""

    name: str
    told: str
    """When it happens, in one sentence."""
    data: type
    version: int = 1
    """Rises when `data` changes in a way that would break a consumer."""


class EventView(Struct, kw_only=True):
    """An event, as the feed, the stream and webhooks carry it."""

    id: UUID
    """The same each time the event is sent: drop ids that you have seen."""
    type: Annotated[str, Meta(examples=["order.placed"])]
    timestamp: datetime
    position: Annotated[int, Meta(examples=[1042])]
    """Its position among all events, without gaps."""
    aggregate: Annotated[str, Meta(examples=["order"])]
    aggregate_id: UUID
    sequence: Annotated[int, Meta(examples=[1])]
    """Its number among the events of this aggregate: 1, 2, 3 …"""
    schema_version: Annotated[int, Meta(examples=[1])]
    actor: Actor
    data: dict[str, Any]


class EventPage(Struct, kw_only=True):
    items: list[EventView]
    next_after: Annotated[int, Meta(examples=[1042])]
    """The position to go on from; it also moves when none of the events are of your `types`."""
    more: Annotated[bool, Meta(examples=[False])]
    """Whether there are more: ask again at once."""


class Gone(Struct):
    """The id of what was deleted."""

    id: UUID
