"""Which mails an event causes, and to whom."""

from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.mail.mail import Audience
from trastienda.schemas.shared.actor import ActorKind
from trastienda.services.accounts import users
from trastienda.services.channels import channels
from trastienda.services.events.events import RecordedEvent
from trastienda.services.jobs import queue as job_queue
from trastienda.services.mail.attempts import QueuedMail
from trastienda.services.mail.table import REPEATED, Mail, about

URGENT = frozenset({"user.registered", REPEATED, "user.password_reset_requested"})
"""The types of events about whose mails a customer is waiting."""


class Cause(NamedTuple):
    """An event, and its id."""

    id: UUID
    event: RecordedEvent


async def mails(session: Reading, cause: Cause) -> list[QueuedMail]:
    """Return the mails that an event causes, as the channel's settings were last read.

    They are in the language of the event, or in the shop's own if they are for the merchant.
    """
    event, ours = cause.event, Locale(channels.current().locale)
    theirs = Locale(event.data.get("locale", ours.value))
    priority = job_queue.URGENT if event.type in URGENT else job_queue.USUAL
    return [
        QueuedMail(
            cause.id,
            event.aggregate_id,
            mail,
            users.normalised(email),
            theirs if mail.audience is Audience.CUSTOMER else ours,
            priority,
        )
        for mail in await _matching(session, event)
        if (email := await _recipient(session, mail, event))
    ]


async def _matching(session: Reading, event: RecordedEvent) -> list[Mail]:
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


async def _recipient(session: Reading, mail: Mail, event: RecordedEvent) -> str | None:
    if mail.audience is Audience.MERCHANT:
        return channels.current().notify_email
    if mail.audience is Audience.STAFF:
        return await users.address_of(session, event.aggregate_id)
    field = "owner_email" if mail.audience is Audience.OWNER else "email"
    email: str | None = event.data.get(field)
    return email
