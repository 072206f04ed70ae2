"""The relay: what happened gets its place and becomes jobs, a second later at most."""

from trastienda.controllers import outbox
from trastienda.database.db import utcnow
from trastienda.jobs import mail
from trastienda.services import letter_table

WANTED = dict.fromkeys(letter_table.TYPES, mail.TASK)
"""The task for each type of event that somebody cares about."""
URGENT = frozenset({"user.registered", letter_table.REPEATED})
"""Somebody waits for these letters, to go on."""


async def relay() -> bool:
    """Relay one batch; say whether there is probably more."""
    return await outbox.relay_batch(WANTED, utcnow(), URGENT) >= outbox.BATCH
