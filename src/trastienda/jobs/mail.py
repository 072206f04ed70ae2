"""Mails: sent at once by a lane of their own; a job tries again what fails.

Jobs of the previous version about events that had no attempt yet are done by the same job.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog

from trastienda.controllers.mail import mails
from trastienda.database.db import utcnow
from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.jobs import retries
from trastienda.jobs.clock import reason
from trastienda.jobs.leases import AWAY, Leases, Taken
from trastienda.jobs.retries import PASSING, Backoff
from trastienda.schemas.mail.mail import Outcome
from trastienda.services.jobs import queue as job_queue
from trastienda.services.mail.attempts import LeasedMail, LetterInHand, SendAttempt
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.transport import MailDelayed, MailRefused, Transport, clear, sent
from trastienda.settings import Settings

Failure = MailDelayed | MailRefused | LetterInHand
log = structlog.get_logger()
TASK = job_queue.MAIL
AT_ONCE = 8
"""First attempts that one node makes at a time, each on a connection of its own."""
FINISH = 12.0  # seconds that mails under way have when the node stops

RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


class Sending:
    """How mails are written and sent, and how it is noted that they were."""

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet."""
        self._settings = MailSettings(settings.mail_from, settings.url, settings.storefront_address)
        self._transport = Transport(settings.smtp_url, settings.data / "mail")
        self._noted = Noted()

    async def send(self, leased: LeasedMail) -> MailDelayed | MailRefused | None:
        """Make one attempt, and note it if the mail was taken; else return the failure."""
        try:
            mail = await mails.write(leased, self._settings)
            return await self._hand_over(leased, mail) if mail else None
        except MailRefused as refused:
            return refused

    async def _hand_over(
        self, leased: LeasedMail, mail: EmailMessage
    ) -> MailDelayed | MailRefused | None:
        try:
            async with sent(mail, self._transport):
                await self._noted.note(leased.attempt)
        except (MailDelayed, MailRefused) as failure:
            return failure
        return None


class Noted:
    """Notes that mails were sent: those that are taken while it writes, with the next statement."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: list[UUID] = []
        self._writing: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def note(self, attempt: SendAttempt) -> None:
        """Return when it is noted. Raise what the database raises."""
        self._waiting.append(attempt.mail_id)
        if self._next is None:
            self._next = asyncio.create_task(self._write(self._writing), name="mails noted")
        await asyncio.shield(self._next)

    async def _write(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        mail_ids, self._waiting = self._waiting, []
        self._writing, self._next = self._next, None
        await mails.note_sent(mail_ids)


class Mailer:
    """Makes the first attempt at each mail, AT_ONCE at a time; what fails becomes a job."""

    def __init__(self, settings: Settings) -> None:
        """Take nothing yet."""
        self._sending = Sending(settings)
        self._leases = Leases("mails", AT_ONCE, self._due)
        self.wake, self.take, self.idle = self._leases.wake, self._leases.take, self._leases.idle

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until `stopping`; what is not sent by then is left to others at once."""
        await self._leases.run(stopping, FINISH)

    async def _due(self, room: int) -> Taken:
        leased = await mails.lease(room)
        return Taken([self._send(it) for it in leased], any(it.others_wait for it in leased))

    async def _send(self, leased: LeasedMail) -> None:
        try:
            try:
                failure: Exception | None = await self._sending.send(leased)
            except AWAY:
                raise
            except Exception as error:
                log.exception("a mail cannot be sent", about=str(leased.event_id))
                failure = error
            if failure is not None:
                await _leave(leased, failure)
        except AWAY as error:
            # The lease runs out, and a job sends it once more.
            log.warning("a mail is not written down", reason=reason(error))
        except asyncio.CancelledError:
            with suppress(*AWAY):
                await mails.release(leased.attempt)
            raise


async def _leave(leased: LeasedMail, failure: Exception) -> None:
    """Leave a mail to a job, to be tried again later or, if that is pointless, to be looked at."""
    known = isinstance(failure, MailDelayed | MailRefused)
    outcome = _outcome(failure) if isinstance(failure, MailDelayed | MailRefused) else None
    pause = RETRIES.pause(failure, 0)
    due = None if pause is None else utcnow() + timedelta(seconds=pause)
    await mails.leave(leased, outcome, retries.failure(failure), due)
    about = str(leased.event_id)
    if isinstance(failure, MailDelayed):
        log.warning("mail waits", about=about, **failure.facts)
    elif known:
        log.error("a mail is refused", about=about, kind=type(failure).__name__)


def sending(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Return the job. It may run twice: a mail that was sent is not sent again."""
    by = Sending(settings)

    async def send(event: str) -> None:
        asked = await mails.queue(UUID(event))
        # A mail that cannot be written does not hold up the others, such as the merchant's.
        results = await asyncio.gather(*(_try(it, by) for it in asked), return_exceptions=True)
        failures = [failure for failure in results if failure is not None]
        passing = [failure for failure in failures if isinstance(failure, PASSING)]
        for failure in passing or failures:
            if isinstance(failure, MailDelayed | LetterInHand):
                log.warning("mail waits", about=event, **failure.facts)
            raise failure

    return send


async def take_up() -> bool:
    """Leave the mails of dead workers to jobs; say whether there may be more."""
    if found := await mails.take_up():
        log.warning("mails of a dead worker taken up", mails=found)
    return found == mails.BATCH


def tidying(settings: Settings) -> Callable[[], Awaitable[bool]]:
    """Return the periodic work that deletes half-written files from the folder of mails."""
    files = settings.data / "mail"

    async def tidy() -> bool:
        removed = await asyncio.to_thread(clear, files, time.time())
        if removed:
            log.info("half written letters removed", letters=removed)
        return False

    return tidy


async def _try(mail_id: UUID, by: Sending) -> Failure | None:
    """Make one attempt at sending a mail and record it; return the failure, if any."""
    try:
        leased = await mails.begin(mail_id)
    except LetterInHand as busy:
        return busy
    if leased is None:
        return None
    try:
        failure = await by.send(leased)
    except BaseException:
        with suppress(*AWAY):
            await mails.release(leased.attempt)
        raise
    if failure is not None:
        await mails.note(leased.attempt, _outcome(failure))
    return failure


def _outcome(failure: MailDelayed | MailRefused) -> Outcome:
    if isinstance(failure, MailDelayed):
        return Outcome(LetterState.DELAYED, _code(failure))
    return Outcome(LetterState.REFUSED, _code(failure), failure.status, failure.gone)


def _code(failure: MailDelayed | MailRefused) -> int | None:
    code = failure.facts.get("code")
    return code if isinstance(code, int) else None
