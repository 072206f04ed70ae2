"""The letters about something that happened, as a job sends them after the commit."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

from trastienda.database.db import Session, transaction, use_case, utcnow
from trastienda.database.models.sent_letter import LetterState
from trastienda.database.models.text import Locale
from trastienda.schemas.actor import ActorKind
from trastienda.schemas.letter import Audience, LetterKind, Outcome
from trastienda.schemas.terms import Terms
from trastienda.services import (
    channels,
    events,
    letters,
    mail_addresses,
    mail_consents,
    reminders,
    sent_letters,
    users,
    verifications,
    wordings,
)
from trastienda.services.events import Told
from trastienda.services.letter_table import LETTERS, REMINDER, REPEATED, House, Letter, about
from trastienda.services.letters import Occasion
from trastienda.services.mail import MailRefused
from trastienda.services.sent_letters import Begun, Turn

SUPPRESSED = Outcome(LetterState.SUPPRESSED)


@use_case
async def ask(event_id: UUID) -> list[UUID]:
    """Ask for the letters about an event; return those that are not sent yet."""
    async with transaction() as session:
        event = await events.by_id(session, event_id)
        if event is None:
            return []
        await channels.refresh(session)
        locale = Locale(event.data.get("locale", channels.current().locale))
        for letter in await _fitting(session, event):
            mine = Locale(channels.current().locale) if _ours(letter) else locale
            if email := await _recipient(session, letter, event):
                to = users.normalised(email), mine
                await sent_letters.queue(session, event_id, letter, to, utcnow())
        return await sent_letters.due(session, event_id)


@use_case
async def write(letter_id: UUID, house: House) -> tuple[Turn, EmailMessage | MailRefused] | None:
    """Write a letter and count the try; None when it is not to be sent (any more).

    An address that cannot be one gets none: then it is the refusal.
    Who gets it is the only one to send it, for `sent_letters.LEASE`. About a registration it makes
    the token, so writing it again makes the one before void. Raise LetterInHand.
    """
    async with transaction() as session:
        begun = await sent_letters.begin(session, letter_id, utcnow())
        if begun is None:
            return None
        letter, event = LETTERS.get(begun.letter), await events.by_id(session, begun.event_id)
        data = await _data(session, letter, event) if letter and event else None
        if letter is None or event is None or data is None:
            await sent_letters.note(session, begun.turn, SUPPRESSED, utcnow())
            return None
        if not await _wanted(session, letter, begun.recipient):
            await sent_letters.note(session, begun.turn, SUPPRESSED, utcnow())
            return None
        occasion = await _occasion(session, begun, event, house)
        try:
            return begun.turn, letters.write(letter, data, occasion)
        except MailRefused as refused:
            return begun.turn, refused


@use_case
async def note(turn: Turn, outcome: Outcome) -> None:
    """Write down how sending went; an address that nothing reaches gets no more."""
    async with transaction() as session:
        recipient = await sent_letters.note(session, turn, outcome, utcnow())
        if recipient is not None and outcome.gone:
            await mail_addresses.suppress(session, recipient, outcome.status, Terms(utcnow()))


async def _fitting(session: Session, event: Told) -> list[Letter]:
    """Choose the letters: who registers again is asked again, unless there is an account."""
    answered = event.actor != ActorKind.SYSTEM
    fitting = [it for it in about(event.type) if not (it.unanswered and answered)]
    if event.type == REPEATED:
        known = await users.verified(session, event.aggregate_id)
        return [it for it in fitting if (it.name == "known_already") is known]
    return fitting


def _ours(letter: Letter) -> bool:
    return letter.audience is not Audience.CUSTOMER


async def _recipient(session: Session, letter: Letter, event: Told) -> str | None:
    if letter.audience is Audience.MERCHANT:
        return channels.current().notify_email
    if letter.audience is Audience.STAFF:
        return await users.address_of(session, event.aggregate_id)
    field = "owner_email" if letter.audience is Audience.OWNER else "email"
    email: str | None = event.data.get(field)
    return email


async def _data(session: Session, letter: Letter, event: Told) -> dict[str, Any] | None:
    """Return what the letter tells; None when there is nothing to say any more."""
    if letter.name == REMINDER:
        wanted = await reminders.wanted(session, event.aggregate_id)
        return event.data | {"token": reminders.token(event.aggregate_id)} if wanted else None
    if letter.name != "verify":
        return event.data
    token = await verifications.issue(session, UUID(event.data["verification"]), utcnow())
    return {"token": token} if token else None


async def _wanted(session: Session, letter: Letter, email: str) -> bool:
    if await mail_addresses.dead(session, email) and not letter.asked_anew:
        return False
    return letter.kind is not LetterKind.REMINDER or await mail_consents.allowed(session, email)


async def _occasion(session: Session, begun: Begun, event: Told, house: House) -> Occasion:
    channel = channels.current()  # as `ask` has read it, a moment ago
    own = await wordings.draft(session, (channel.id, begun.letter, begun.locale))
    reminds = LETTERS[begun.letter].kind is LetterKind.REMINDER
    return Occasion(
        message_id=begun.message_id,
        at=event.at,
        to=begun.recipient,
        locale=begun.locale,
        shop=channel.name,
        house=house,
        wording=own,
        unsubscribe=mail_consents.link(house.api, begun.recipient) if reminds else None,
    )
