"""Requests for new passwords are handled at most two seconds late."""

from trastienda.controllers.accounts import passwords
from trastienda.database.db import utcnow


async def send() -> bool:
    """Handle one batch; say whether there may be more."""
    return await passwords.send_resets(utcnow()) > 0
