"""The job that writes and sends the mails about an event."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from uuid import UUID

import structlog

from trastienda.controllers.mail import mails
from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.jobs.retries import PASSING, Backoff
from trastienda.schemas.mail.mail import Outcome
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.sent import LetterInHand, SendAttempt
from trastienda.services.mail.transport import MailDelayed, MailRefused, Transport, clear, sent
from trastienda.settings import Settings

Failure = MailDelayed | MailRefused | LetterInHand
log = structlog.get_logger()
TASK = "mail"

RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


def sending(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Return the job. It may run twice: a mail that was sent is not sent again."""
    mail_settings = MailSettings(settings.mail_from, settings.url, settings.storefront)
    transport = Transport(settings.smtp_url, settings.data / "mail")

    async def send(event: str) -> None:
        asked = await mails.queue(UUID(event))
        tries = (_send(mail_id, mail_settings, transport) for mail_id in asked)
        # A mail that cannot be written does not hold up the others, such as the merchant's.
        results = await asyncio.gather(*tries, return_exceptions=True)
        failures = [failure for failure in results if failure is not None]
        passing = [failure for failure in failures if isinstance(failure, PASSING)]
        for failure in passing or failures:
            if isinstance(failure, MailDelayed | LetterInHand):
                log.warning("mail waits", about=event, **failure.facts)
            raise failure

    return send


def tidying(settings: Settings) -> Callable[[], Awaitable[bool]]:
    """Return the periodic work that deletes half-written files from the folder of mails."""
    files = settings.data / "mail"

    async def tidy() -> bool:
        removed = await asyncio.to_thread(clear, files, time.time())
        if removed:
            log.info("half written letters removed", letters=removed)
        return False

    return tidy


async def _send(mail_id: UUID, mail_settings: MailSettings, by: Transport) -> Failure | None:
    """Make one attempt at sending a mail and record it; return the failure, if any."""
    try:
        written = await mails.write(mail_id, mail_settings)
    except LetterInHand as busy:
        return busy
    if written is None:
        return None
    attempt, mail = written
    failure = mail if isinstance(mail, MailRefused) else await _hand_over(attempt, mail, by)
    if failure is not None:
        await mails.note(attempt, _outcome(failure))
    return failure


async def _hand_over(
    attempt: SendAttempt, mail: EmailMessage, by: Transport
) -> MailDelayed | MailRefused | None:
    try:
        async with sent(mail, by):
            await mails.note(attempt, Outcome(LetterState.SENT))
    except (MailDelayed, MailRefused) as failure:
        return failure
    return None


def _outcome(failure: MailDelayed | MailRefused) -> Outcome:
    if isinstance(failure, MailDelayed):
        return Outcome(LetterState.DELAYED, _code(failure))
    return Outcome(LetterState.REFUSED, _code(failure), failure.status, failure.gone)


def _code(failure: MailDelayed | MailRefused) -> int | None:
    code = failure.facts.get("code")
    return code if isinstance(code, int) else None
