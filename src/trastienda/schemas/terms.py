"""On what terms a client asks for something."""

from datetime import datetime

from msgspec import Struct

from trastienda.database.db import Once
from trastienda.database.models.text import Locale
from trastienda.schemas.actor import SYSTEM, Actor


class Terms(Struct, frozen=True):
    asked_at: datetime
    locale: Locale = Locale.ENGLISH
    """The language of the answer."""
    seen: int | None = None
    """The version the client has read (`If-Match`): refuse when there is a newer one."""
    once: Once | None = None
    """Its `Idempotency-Key`."""
    by: Actor = SYSTEM
    """Who asks."""
