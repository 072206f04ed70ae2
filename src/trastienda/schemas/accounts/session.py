from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.shared.visitor import VisitorView


class Credentials(Struct, forbid_unknown_fields=True):
    email: Annotated[str, Meta(min_length=1, max_length=254, examples=["ana@example.com"])]
    password: Annotated[str, Meta(min_length=1, max_length=128, examples=["correct horse battery"])]
    cart: (
        Annotated[str, Meta(max_length=64, examples=["Vq7mT2xR9bLk4ZsW1nYcD8hJ6pFt3aGu"])] | None
    ) = None
    """The id of the cart of this browser, which becomes the customer's."""


class SessionView(Struct):
    """Who you are, and the token for `X-CSRF-Token`."""

    visitor: VisitorView | None
    csrf_token: str


class LoginSessionView(Struct, kw_only=True):
    id: UUID
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool


class LoginSessionsView(Struct):
    items: list[LoginSessionView]
    next_cursor: None = None
