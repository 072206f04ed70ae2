"""The visitor of a request, as every layer below the middlewares sees them."""

from uuid import UUID

from msgspec import Struct

from trastienda.schemas.shared.actor import GUEST, Actor, ActorKind


class Visitor(Struct, frozen=True, kw_only=True):
    """A customer, a member of staff, an API key, or (with all fields empty) an unknown visitor."""

    user_id: UUID | None = None
    session_id: UUID | None = None
    key_id: UUID | None = None
    email: str | None = None
    name: str | None = None
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        """The actor of events that this visitor causes."""
        if self.key_id is not None:
            return Actor(ActorKind.KEY, self.key_id)
        if self.user_id is None:
            return GUEST
        return Actor(ActorKind.STAFF if self.roles else ActorKind.CUSTOMER, self.user_id)


ANYONE = Visitor()


class VisitorView(Struct, frozen=True, kw_only=True):
    """A known visitor, as we describe them to themselves; a key has a name and no address."""

    id: UUID
    email: str | None
    name: str
    roles: tuple[str, ...]
