"""Reminders of abandoned carts, at most a minute late."""

from trastienda.controllers import carts
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def remind() -> bool:
    """Process one batch of abandoned carts; return whether there may be more."""
    return await carts.tell_abandoned(Context(utcnow())) > 0
