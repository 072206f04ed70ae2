"""The mails about an event, which a job queues, writes and sends after the commit."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID

from trastienda.database.db import Session, transaction, use_case, utcnow
from trastienda.database.models.mail.sent_mail import PAYMENT_REMINDER, LetterState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.mail.mail import Audience, LetterKind, Outcome
from trastienda.schemas.shared.actor import ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import users, verifications
from trastienda.services.carts import reminders
from trastienda.services.channels import channels
from trastienda.services.credit import gift_cards, telling
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.events.events import RecordedEvent
from trastienda.services.mail import addresses, consents, mails, wordings
from trastienda.services.mail import sent as sent_mails
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.sent import SendAttempt, StartedMail
from trastienda.services.mail.table import (
    GIFT_CARD_CODE,
    MAILS,
    REMINDER,
    REPEATED,
    Mail,
    MailSettings,
    about,
)
from trastienda.services.mail.transport import MailRefused
from trastienda.services.orders import unpaid as unpaid_orders

SUPPRESSED = Outcome(LetterState.SUPPRESSED)


@use_case
async def queue(event_id: UUID) -> list[UUID]:
    """Queue the mails about an event; return the ids of those that are not sent yet."""
    async with transaction() as session:
        event = await events.by_id(session, event_id)
        if event is None:
            return []
        await channels.refresh(session)
        locale = Locale(event.data.get("locale", channels.current().locale))
        for mail in await _matching(session, event):
            mine = Locale(channels.current().locale) if _internal(mail) else locale
            if email := await _recipient(session, mail, event):
                to = users.normalised(email), mine
                await sent_mails.queue(session, event_id, mail, to, utcnow())
        return await sent_mails.due(session, event_id)


@use_case
async def write(
    mail_id: UUID, mail_settings: MailSettings
) -> tuple[SendAttempt, EmailMessage | MailRefused] | None:
    """Write a mail and count the attempt; return None if it is not to be sent (any more).

    For an address that cannot be valid, the refusal is returned in place of the mail. For
    `sent_mails.LEASE` seconds nobody else sends this mail. A mail that confirms an address gets a
    new token, which replaces the one of an earlier attempt; so does the code of a gift card. Raise
    LetterInHand.
    """
    async with transaction() as session:
        started = await sent_mails.begin(session, mail_id, utcnow())
        if started is None:
            return None
        mail, event = MAILS.get(started.mail), await events.by_id(session, started.event_id)
        wanted = mail is not None and await _wanted(session, mail, started.recipient)
        data = await _data(session, mail, event) if mail and event and wanted else None
        if mail is None or event is None or data is None:
            await sent_mails.note(session, started.attempt, SUPPRESSED, utcnow())
            return None
        envelope = await _envelope(session, started, event, mail_settings)
        try:
            return started.attempt, mails.write(mail, data, envelope)
        except MailRefused as refused:
            return started.attempt, refused


@use_case
async def note(attempt: SendAttempt, outcome: Outcome) -> None:
    """Record the outcome of an attempt, and suppress the address if it is gone for good."""
    async with transaction() as session:
        recipient = await sent_mails.note(session, attempt, outcome, utcnow())
        if recipient is not None and outcome.gone:
            await addresses.suppress(session, recipient, outcome.status, Context(utcnow()))


async def _matching(session: Session, event: RecordedEvent) -> list[Mail]:
    """Return the mails that fit an event.

    After a repeated registration, a verified account is told that it exists already; any other gets
    a new link.
    """
    answered = event.actor != ActorKind.SYSTEM
    matching = [
        mail
        for mail in about(event.type)
        if mail.fits(event.data) and not (mail.unanswered and answered)
    ]
    if event.type == REPEATED:
        known = await users.verified(session, event.aggregate_id)
        return [mail for mail in matching if (mail.name == "known_already") is known]
    return matching


def _internal(mail: Mail) -> bool:
    return mail.audience is not Audience.CUSTOMER


async def _recipient(session: Session, mail: Mail, event: RecordedEvent) -> str | None:
    if mail.audience is Audience.MERCHANT:
        return channels.current().notify_email
    if mail.audience is Audience.STAFF:
        return await users.address_of(session, event.aggregate_id)
    field = "owner_email" if mail.audience is Audience.OWNER else "email"
    email: str | None = event.data.get(field)
    return email


async def _data(session: Session, mail: Mail, event: RecordedEvent) -> dict[str, Any] | None:
    """Return the facts for the mail's templates, or None if there is nothing to say any more."""
    if mail.name == REMINDER:
        wanted = await reminders.wanted(session, event.aggregate_id)
        return event.data | {"token": reminders.token(event.aggregate_id)} if wanted else None
    if mail.name == PAYMENT_REMINDER:
        waiting = await unpaid_orders.waiting(session, event.aggregate_id, event.at, utcnow())
        return event.data if waiting else None
    if mail.name == GIFT_CARD_CODE:
        return await _with_code(session, event)
    if mail.name != "verify":
        return event.data
    token = await verifications.issue(session, UUID(event.data["verification"]), utcnow())
    return {"token": token} if token else None


async def _with_code(session: Session, event: RecordedEvent) -> dict[str, Any] | None:
    """Give a gift card a new code, which is in this email alone; None if it is not to be sent."""
    now, card_id = utcnow(), event.aggregate_id
    code = await gift_cards.renew_code(session, card_id, event.data["send"], now)
    if code is None:
        return None
    context, what = Context(now), event_types.GIFT_CARD_CHANGED
    await telling.tell_cards(session, what, [card_id], context)
    card = await gift_cards.view(session, card_id, now)
    return event.data | {"balance": card.balance, "code": code}


async def _wanted(session: Session, mail: Mail, email: str) -> bool:
    if await addresses.is_suppressed(session, email) and not mail.ignores_suppression:
        return False
    return mail.kind is not LetterKind.REMINDER or await consents.allowed(session, email)


async def _envelope(
    session: Session, started: StartedMail, event: RecordedEvent, mail_settings: MailSettings
) -> Envelope:
    channel = channels.current()  # `mails.queue` has just refreshed it
    own = await wordings.draft(session, (channel.id, started.mail, started.locale))
    reminds = MAILS[started.mail].kind is LetterKind.REMINDER
    return Envelope(
        message_id=started.message_id,
        at=event.at,
        to=started.recipient,
        locale=started.locale,
        shop=channel.name,
        mail_settings=mail_settings,
        wording=own,
        unsubscribe=consents.link(mail_settings.api, started.recipient) if reminds else None,
    )
