"""Carts that were left: their reminders, and their end, both at most a minute late."""

from trastienda.controllers import carts
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def remind() -> bool:
    """Process one batch of abandoned carts; return whether there may be more."""
    return await carts.tell_abandoned(Context(utcnow())) > 0


async def expire() -> bool:
    """Delete one batch of carts that nobody has changed for long; say whether there may be more."""
    return await carts.expire(Context(utcnow())) > 0
