"""Carts that were left are told of, a minute late at most."""

from trastienda.controllers import carts
from trastienda.database.db import utcnow
from trastienda.schemas.terms import Terms


async def remind() -> bool:
    """Take one batch; say whether there may be more."""
    return await carts.tell_abandoned(Terms(utcnow())) > 0
