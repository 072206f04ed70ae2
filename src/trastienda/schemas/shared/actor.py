"""The actor of an event."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class ActorKind(StrEnum):
    CUSTOMER = "customer"
    STAFF = "staff"
    KEY = "key"
    """A program with an API key."""
    GUEST = "guest"
    """A visitor who is not logged in."""
    SYSTEM = "system"
    """The shop itself: the clock, a job, or the command line."""


class Actor(Struct, frozen=True):
    type: ActorKind
    id: UUID | None = None
    """The id of the user or the API key."""


GUEST = Actor(ActorKind.GUEST)
SYSTEM = Actor(ActorKind.SYSTEM)
