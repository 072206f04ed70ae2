"""The mails about events: leased or taken up by a job, then written, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from trastienda.database.db import Session, together, transaction, use_case, utcnow
from trastienda.database.models.mail.sent_mail import PAYMENT_REMINDER, LetterState
from trastienda.schemas.mail.mail import LetterKind, Outcome
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import invitations, password_resets, verifications
from trastienda.services.carts import reminders
from trastienda.services.channels import channels
from trastienda.services.credit import gift_cards, telling
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.events.events import RecordedEvent
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Failure, Job
from trastienda.services.mail import addresses, attempts, causes, consents, mails
from trastienda.services.mail.attempts import LeasedMail, SendAttempt
from trastienda.services.mail.causes import Cause
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.table import GIFT_CARD_CODE, MAILS, REMINDER, Mail
from trastienda.services.orders import unpaid as unpaid_orders

SUPPRESSED = Outcome(LetterState.SUPPRESSED)
DIED = Failure("WorkerDied", "The worker died over this mail.", deaths=1)
BATCH = 100
TOKENS = {
    "verify": ("verification", verifications.issue),
    "staff_invitation": ("id", invitations.issue),
    "password_reset": ("reset", password_resets.issue),
}
"""The mails with a token of their own: the event's field that says whose, and what makes it."""


@use_case
async def lease(most: int) -> list[LeasedMail]:
    """Begin the first attempt at `most` mails at most.

    If the process dies over one, its lease runs out, and `take_up` makes a job of it.
    """
    async with transaction() as session:
        return await attempts.lease(session, most, utcnow())


@use_case
async def queue(event_id: UUID) -> list[UUID]:
    """Queue the mails about an event; return the ids of those that are not sent yet.

    They are left to the job that asks: they do not wait for a first attempt.
    """
    async with transaction() as session:
        event = await events.by_id(session, event_id)
        if event is None:
            return []
        await channels.refresh(session)
        if caused := await causes.mails(session, Cause(event_id, event)):
            await together(session, attempts.queueing(caused, utcnow(), due=None))
        return await attempts.left(session, event_id)


@use_case
async def begin(mail_id: UUID) -> LeasedMail | None:
    """Begin another attempt at a mail; return None if it is not to be sent (any more).

    For `attempts.LEASE` seconds nobody else sends this mail. Raise LetterInHand.
    """
    async with transaction() as session:
        return await attempts.begin(session, mail_id, utcnow())


async def write(leased: LeasedMail, mail_settings: MailSettings) -> EmailMessage | None:
    """Write a mail, or return None and record it if it has nothing to say, or to nobody.

    A mail with a link to use once gets a new token, which replaces the one of an earlier attempt;
    so does the code of a gift card. Raise MailRefused for an address that cannot be valid.
    """
    mail, event = MAILS.get(leased.mail), leased.event
    data = await _data(mail, event) if mail and event and _wanted(mail, leased) else None
    if mail is None or event is None or data is None:
        await note(leased.attempt, SUPPRESSED)
        return None
    return mails.write(mail, data, _envelope(leased, event, mail_settings))


@use_case
async def note(attempt: SendAttempt, outcome: Outcome) -> None:
    """Record the outcome of an attempt, and suppress the address if it is gone for good."""
    async with transaction() as session:
        await _note(session, attempt, outcome)


@use_case
async def note_sent(mail_ids: Sequence[UUID]) -> None:
    """Record that mails were sent, with one statement."""
    async with transaction() as session:
        await attempts.note_sent(session, mail_ids, utcnow())


@use_case
async def leave(
    leased: LeasedMail, outcome: Outcome | None, failure: Failure, due: datetime | None
) -> None:
    """Record that the first attempt at a mail has failed, and leave it to a job.

    The job is run at `due`; without, it has failed for good, and is kept to be looked at.
    """
    async with transaction() as session:
        if outcome is not None:
            await _note(session, leased.attempt, outcome)
        await attempts.leave(session, leased.attempt)
        if leased.event is not None:
            job = _job(leased.event_id, leased.event.aggregate_id, leased.priority)
            await job_queue.keep(session, [job], failure, utcnow(), due)


@use_case
async def release(attempt: SendAttempt) -> None:
    """Let anybody begin the next attempt at a mail at once, because nothing came of this one."""
    async with transaction() as session:
        await attempts.release(session, attempt)


@use_case
async def take_up() -> int:
    """Make jobs of at most BATCH mails whose worker has died; return how many mails."""
    async with transaction() as session:
        left = await attempts.take_up(session, BATCH)
        jobs = {it.event_id: _job(*it) for it in left}
        now = utcnow()
        await job_queue.keep(session, list(jobs.values()), DIED, now, due=now)
        return len(left)


def _job(event_id: UUID, aggregate_id: UUID, priority: int) -> Job:
    return Job(job_queue.MAIL, event_id, lock=str(aggregate_id), priority=priority)


async def _note(session: Session, attempt: SendAttempt, outcome: Outcome) -> None:
    recipient = await attempts.note(session, attempt, outcome, utcnow())
    if recipient is not None and outcome.gone:
        await addresses.suppress(session, recipient, outcome.status, Context(utcnow()))


def _wanted(mail: Mail, leased: LeasedMail) -> bool:
    if leased.suppressed and not mail.ignores_suppression:
        return False
    return mail.kind is not LetterKind.REMINDER or leased.consented


@use_case
async def _data(mail: Mail, event: RecordedEvent) -> dict[str, Any] | None:
    """Return the facts for the mail's templates, or None if there is nothing to say any more."""
    if mail.name not in {REMINDER, PAYMENT_REMINDER, GIFT_CARD_CODE, *TOKENS}:
        return event.data
    async with transaction() as session:
        if mail.name == REMINDER:
            wanted = await reminders.wanted(session, event.aggregate_id, utcnow())
            return event.data | {"token": reminders.token(event.aggregate_id)} if wanted else None
        if mail.name == PAYMENT_REMINDER:
            waiting = await unpaid_orders.waiting(session, event.aggregate_id, event.at, utcnow())
            return event.data if waiting else None
        if mail.name == GIFT_CARD_CODE:
            return await _with_code(session, event)
        field, issue = TOKENS[mail.name]
        token = await issue(session, UUID(event.data[field]), utcnow())
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


def _envelope(leased: LeasedMail, event: RecordedEvent, mail_settings: MailSettings) -> Envelope:
    reminds = MAILS[leased.mail].kind is LetterKind.REMINDER
    return Envelope(
        message_id=leased.message_id,
        at=event.at,
        to=leased.recipient,
        locale=leased.locale,
        shop=leased.shop,
        mail_settings=mail_settings,
        wording=leased.wording,
        unsubscribe=consents.link(mail_settings.api, leased.recipient) if reminds else None,
    )
