"""The relay: what happened gets its place and becomes jobs, a second later at most."""

from trastienda.controllers import outbox
from trastienda.database.db import utcnow
from trastienda.jobs import mail
from trastienda.services import letter_table

WANTED = dict.fromkeys(letter_table.TYPES, mail.TASK)
"""The task for each type of event that somebody cares about."""


async def relay() -> bool:
    """Relay one batch; say whether there is probably more."""
    return await outbox.relay_batch(WANTED, utcnow()) >= outbox.BATCH
