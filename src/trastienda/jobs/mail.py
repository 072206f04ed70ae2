"""The letter about an event, written and sent."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog

from trastienda.controllers import letters
from trastienda.database.models.sent_letter import LetterState
from trastienda.jobs.retries import Backoff
from trastienda.schemas.letter import Outcome
from trastienda.services import mail
from trastienda.services.letter_table import House
from trastienda.services.mail import MailDelayed, MailRefused, Post
from trastienda.services.sent_letters import LetterInHand
from trastienda.settings import Settings

Failure = MailDelayed | MailRefused | LetterInHand
log = structlog.get_logger()
TASK = "mail"

RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


def sending(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Make the job. It may run twice; what is sent already is not sent again."""
    house = House(settings.mail_from, settings.url, settings.storefront)
    post = Post(settings.smtp_url, settings.data / "mail")

    async def send(event: str) -> None:
        failures = [
            failure
            for letter_id in await letters.ask(UUID(event))
            if (failure := await _send(letter_id, house, post))
        ]
        for failure in failures:
            if not isinstance(failure, MailRefused):
                log.warning("mail waits", about=event, **failure.facts)
                raise failure
        for failure in failures:
            raise failure

    return send


async def _send(letter_id: UUID, house: House, post: Post) -> Failure | None:
    """Send one letter and write down how it went; what came of it is returned, for the job."""
    try:
        written = await letters.write(letter_id, house)
    except LetterInHand as busy:
        return busy
    if written is None:
        return None
    turn, letter = written
    failure: Failure
    try:
        async with mail.sent(letter, post):
            await letters.note(turn, Outcome(LetterState.SENT))
    except MailDelayed as delayed:
        failure, outcome = delayed, Outcome(LetterState.DELAYED, _code(delayed))
    except MailRefused as refused:
        gone, status = refused.gone, refused.status
        failure, outcome = refused, Outcome(LetterState.REFUSED, _code(refused), status, gone)
    else:
        return None
    await letters.note(turn, outcome)
    return failure


def _code(failure: MailDelayed | MailRefused) -> int | None:
    code = failure.facts.get("code")
    return code if isinstance(code, int) else None
