"""Unpaid orders are reminded of, and expire, at most a minute late."""

from trastienda.controllers import orders
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def look() -> bool:
    """Handle one batch; say whether there may be more."""
    reminded = await orders.remind_unpaid(Context(utcnow()))
    return reminded + await orders.expire_unpaid(Context(utcnow())) > 0
