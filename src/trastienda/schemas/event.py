"""What events tell, each kind in a shape of its own, and the envelope they all come in."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.stock import Reason
from trastienda.database.models.text import Locale
from trastienda.database.models.user import Role
from trastienda.schemas.actor import Actor
from trastienda.schemas.order import OrderView


class EventType(Struct, frozen=True, kw_only=True):
    """A kind of event: `data` is the shape of what it tells."""

    name: str
    told: str
    """When it happens, in one sentence."""
    data: type
    version: int = 1
    """Rises when `data` changes so that a consumer of the shape before would break."""


class EventView(Struct, kw_only=True):
    """Something that happened, as the feed, the stream and webhooks tell it."""

    id: UUID
    """The same each time it is told: drop what you have seen."""
    type: Annotated[str, Meta(examples=["order.placed"])]
    timestamp: datetime
    position: Annotated[int, Meta(examples=[1042])]
    """Among all events, without a gap."""
    aggregate: Annotated[str, Meta(examples=["order"])]
    aggregate_id: UUID
    sequence: Annotated[int, Meta(examples=[1])]
    """Among the events of this aggregate: 1, 2, 3 …"""
    schema_version: Annotated[int, Meta(examples=[1])]
    actor: Actor
    data: dict[str, Any]


class EventPage(Struct, kw_only=True):
    items: list[EventView]
    next_after: Annotated[int, Meta(examples=[1042])]
    """Where to go on; it moves also when nothing that you asked for has happened."""
    more: Annotated[bool, Meta(examples=[False])]
    """Ask again at once."""


class OrderSnapshot(OrderView, kw_only=True):
    """The whole order, as it was when the event happened."""

    locale: Locale
    """The language to talk about it in."""


class StockChange(Struct, kw_only=True):
    """What one location holds of a variant, after the change."""

    variant_id: UUID
    sku: str
    location: Annotated[str, Meta(examples=["main"])]
    on_hand: int
    reserved: int
    available: int
    reason: Reason | None = None
    """None: it was there before events told of stock, or came with a new variant."""
    source_id: UUID | None = None
    """The order, or the payment attempt that became it."""


class StockGone(Struct, kw_only=True):
    variant_id: UUID
    sku: str
    location: Annotated[str, Meta(examples=["main"])]


class Registered(Struct, kw_only=True):
    """Somebody asked for an account; the mail with the link goes to them alone."""

    email: str
    name: str
    locale: Locale
    verification: UUID
    """The attempt; it opens nothing."""


class Appointed(Struct):
    role: Role


class Verified(Struct):
    """Nothing but that it happened."""


class PaymentRefusal(Struct, kw_only=True):
    """A try to pay that failed; what was promised to it is free again."""

    email: str
    locale: Locale
    provider: str
    amount: int
    currency: str
    reason: str | None


class Membership(Struct):
    user_id: UUID


class CodesInvented(Struct):
    promotion_id: UUID
    count: int


class KeyMade(Struct, kw_only=True):
    """An API key, without what opens anything."""

    prefix: str
    name: str


class Gone(Struct):
    """What has been deleted."""

    id: UUID
