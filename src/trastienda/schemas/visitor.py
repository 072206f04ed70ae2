"""Who is asking, as every layer below the middlewares sees them."""

from uuid import UUID

from msgspec import Struct


class Visitor(Struct, frozen=True, kw_only=True):
    """A customer, a member of staff, an API key, or (all empty) somebody unknown."""

    user_id: UUID | None = None
    key_id: UUID | None = None
    email: str | None = None
    name: str | None = None
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()


ANYONE = Visitor()
