"""What staff, mail servers and the owners of addresses say about mail."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.letter import BounceView, SentLetterView
from trastienda.schemas.terms import Terms
from trastienda.services import (
    bounces,
    event_types,
    events,
    job_queue,
    mail_addresses,
    mail_consents,
    sent_letters,
)
from trastienda.services.job_queue import Job
from trastienda.services.letter_table import LETTERS
from trastienda.services.mail_addresses import AddressSuppressed
from trastienda.services.sent_letters import LetterNotFound

TASK = "mail"


@use_case
async def resend(letter_id: UUID, terms: Terms) -> SentLetterView:
    """Send a letter once more. Raise LetterNotFound, LetterOnItsWay or AddressSuppressed."""
    async with transaction(terms.once) as session:
        view = await sent_letters.resend(session, letter_id, terms.asked_at)
        event = await events.by_id(session, view.event_id)
        letter = LETTERS.get(view.letter)
        if event is None or letter is None:
            raise LetterNotFound
        if await mail_addresses.dead(session, view.recipient) and not letter.asked_anew:
            raise AddressSuppressed
        job = Job(TASK, view.event_id, lock=str(event.aggregate_id))
        await job_queue.defer(session, [job])
        return await events.tell(session, event_types.LETTER_RESENT, view, terms)


@use_case
async def bounce(raw: bytes, now: datetime) -> BounceView:
    """Take in a report that a letter came back. Raise BounceUnreadable.

    It is believed only about a letter whose Message-ID it names, and about that one's address.
    """
    report = bounces.read(raw)
    if report is None:
        return BounceView(0, 0)
    async with transaction() as session:
        to = await sent_letters.bounce(session, report.message_id, report.status, now)
        if to is None:
            return BounceView(0, 0)
        dead = bounces.hopeless(report.status)
        if not dead:
            return BounceView(1, 0)
        new = await mail_addresses.suppress(session, to, report.status, Terms(now))
        return BounceView(1, new)


@use_case
async def forgive(suppression_id: UUID, terms: Terms) -> None:
    """Let letters go to an address again. Raise SuppressionNotFound."""
    async with transaction(terms.once) as session:
        await mail_addresses.forgive(session, suppression_id)
        what = event_types.MAIL_SUPPRESSION_DELETED
        await events.tell_gone(session, what, suppression_id, terms)


@use_case
async def unsubscribe(token: str, terms: Terms) -> None:
    """Send no more reminders to whom the token belongs. Raise UnsubscribeLinkWrong."""
    email = mail_consents.owner(token)
    async with transaction() as session:
        await mail_consents.withdraw(session, email, terms)
