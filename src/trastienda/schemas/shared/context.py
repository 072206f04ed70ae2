"""What a use-case has to know about the request that it serves."""

from datetime import datetime

from msgspec import Struct

from trastienda.database.db import Once
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.actor import SYSTEM, Actor


class Context(Struct, frozen=True):
    """The circumstances of a request: its time, language, versions, idempotency key and actor."""

    asked_at: datetime
    locale: Locale = Locale.ENGLISH
    """The language of the answer."""
    seen: int | None = None
    """The version that the client has read (`If-Match`): refuse if there is a newer one."""
    once: Once | None = None
    """Its `Idempotency-Key`."""
    by: Actor = SYSTEM
    """The actor."""
    limited: bool = False
    """Whether the client's attempts are counted and limited."""
