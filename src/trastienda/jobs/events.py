"""The relay: events get their positions, mails and deliveries at most a second late."""

from trastienda.controllers.events import outbox
from trastienda.database.db import utcnow


async def relay() -> bool:
    """Relay one batch; say whether there is probably more."""
    return await outbox.relay_batch(utcnow()) >= outbox.BATCH
