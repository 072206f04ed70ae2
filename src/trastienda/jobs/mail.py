"""The letter about an event, written and sent."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from trastienda.controllers import letters
from trastienda.jobs.retries import Backoff
from trastienda.services import mail
from trastienda.services.letters import House
from trastienda.services.mail import MailDelayed, Post
from trastienda.settings import Settings

log = structlog.get_logger()
TASK = "mail"

RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


def sending(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Make the job. It may run twice; a letter has the same Message-ID and file name each time."""
    house = House(settings.mail_from, settings.url, settings.storefront)
    post = Post(settings.smtp_url, settings.data / "mail")

    async def send(event: str) -> None:
        letter = await letters.write(UUID(event), house)
        if letter is None:
            return
        try:
            await mail.send(letter, post)
        except MailDelayed as delay:
            log.warning("mail waits", about=event, **delay.facts)
            raise

    return send
