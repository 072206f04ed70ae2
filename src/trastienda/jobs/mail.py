"""The letter about an event, written and sent."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from uuid import UUID

import structlog

from trastienda.controllers import letters
from trastienda.database.models.sent_letter import LetterState
from trastienda.jobs.retries import PASSING, Backoff
from trastienda.schemas.letter import Outcome
from trastienda.services import mail
from trastienda.services.letter_table import House
from trastienda.services.mail import MailDelayed, MailRefused, Post
from trastienda.services.sent_letters import LetterInHand, Turn
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
        asked = await letters.ask(UUID(event))
        tries = (_send(letter_id, house, post) for letter_id in asked)
        # One that cannot be written keeps no other back: the merchant hears of every order.
        results = await asyncio.gather(*tries, return_exceptions=True)
        failures = [failure for failure in results if failure is not None]
        passing = [failure for failure in failures if isinstance(failure, PASSING)]
        for failure in passing or failures:
            if isinstance(failure, MailDelayed | LetterInHand):
                log.warning("mail waits", about=event, **failure.facts)
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
    failure = letter if isinstance(letter, MailRefused) else await _hand_over(turn, letter, post)
    if failure is not None:
        await letters.note(turn, _outcome(failure))
    return failure


async def _hand_over(
    turn: Turn, letter: EmailMessage, post: Post
) -> MailDelayed | MailRefused | None:
    try:
        async with mail.sent(letter, post):
            await letters.note(turn, Outcome(LetterState.SENT))
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
