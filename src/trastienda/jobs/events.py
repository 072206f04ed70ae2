"""The relay: events get their positions and become jobs at most a second late."""

from trastienda.controllers.events import outbox
from trastienda.database.db import utcnow
from trastienda.jobs import mail
from trastienda.services.mail import table as mail_table

WANTED = dict.fromkeys(mail_table.TYPES, mail.TASK)
"""The task for each event type that causes one."""
URGENT = frozenset({"user.registered", mail_table.REPEATED})
"""Event types whose mails a customer is waiting for."""


async def relay() -> bool:
    """Relay one batch; say whether there is probably more."""
    return await outbox.relay_batch(WANTED, utcnow(), URGENT) >= outbox.BATCH
