"""API keys, as owners make and list them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.accounts.user import Role, StaffScope
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.naming import Label

KeyName = Annotated[Label, Meta(examples=["erp"])]
KeyScopes = Annotated[
    list[StaffScope],
    Meta(max_length=100, examples=[["orders.read", "stock.write"]]),
]


class ApiKeyDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """A key needs a role or at least one scope."""

    name: KeyName
    role: Role | None = None
    scopes: KeyScopes = []
    """All that the key may do; with a role, they are some of its scopes. Empty: all of the role."""
    expires_at: datetime | None = None
    """Null: it does not end by itself."""
    staff: UUID | None = None
    """The member of staff whose it is: it is revoked when they leave."""


class ApiKeyView(Struct, kw_only=True):
    id: UUID
    prefix: Annotated[str, Meta(description="Identifies the key.", examples=["3f9a1c0b7d52"])]
    name: KeyName
    role: Role | None
    scopes: KeyScopes
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    staff: Email | None
    """Whose it is."""
    made_by: Email | None
    """The member of staff who made it and has seen it; null: a program, or the command line."""
    maker_left: bool
    """Who made it is no member of staff any more, or suspended: replace the key."""


class ApiKeyMade(ApiKeyView, kw_only=True):
    """The only answer with the key: repeating the request by its idempotency key omits it."""

    key: Annotated[
        str | None, Meta(examples=["tk_3f9a1c0b7d52_CP1aXoTzWPzQiJ3y0mZk9E2b7rV5uYdHfLs8NwGt4Kc"])
    ] = None


class ApiKeys(Struct):
    """The keys that are not revoked, the newest first."""

    items: list[ApiKeyView]
    next_cursor: None = None
