"""How a type of event is made, and the catalogue of all of them."""

from typing import NamedTuple

from trastienda.schemas.events.event import EventType, Gone

CATALOGUE: dict[str, EventType] = {}
"""All event types by name, in the order in which the documents list them."""


class Resource(NamedTuple):
    """The event types of a record that staff write."""

    created: EventType
    changed: EventType
    deleted: EventType


def kind(name: str, told: str, data: type) -> EventType:
    """Return a type of event that is in the catalogue from now on."""
    return CATALOGUE.setdefault(name, EventType(name=name, told=told, data=data))


def resource(name: str, words: str, view: type) -> Resource:
    """Return the event types of a record that staff make, change and delete."""
    return Resource(
        kind(f"{name}.created", f"Staff made {words}.", view),
        kind(f"{name}.changed", f"Staff changed {words}.", view),
        kind(f"{name}.deleted", f"Staff deleted {words}.", Gone),
    )
