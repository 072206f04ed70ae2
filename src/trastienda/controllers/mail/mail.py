"""What staff, mail servers and recipients do about mail that was sent."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.mail.mail import BounceView, SentLetterView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.services.mail import addresses as mail_addresses
from trastienda.services.mail import bounces, consents, sent
from trastienda.services.mail.addresses import AddressSuppressed
from trastienda.services.mail.sent import LetterNotFound
from trastienda.services.mail.table import MAILS


@use_case
async def resend(mail_id: UUID, context: Context) -> SentLetterView:
    """Queue a mail to be sent again. Raise LetterNotFound, LetterOnItsWay or AddressSuppressed."""
    async with transaction(context.once) as session:
        view = await sent.resend(session, mail_id, context.asked_at)
        event = await events.by_id(session, view.event_id)
        mail = MAILS.get(view.letter)
        if event is None or mail is None:
            raise LetterNotFound
        if (
            await mail_addresses.is_suppressed(session, view.recipient)
            and not mail.ignores_suppression
        ):
            raise AddressSuppressed
        job = Job(job_queue.MAIL, view.event_id, lock=str(event.aggregate_id))
        await job_queue.defer(session, [job])
        return await events.record(session, event_types.MAIL_RESENT, view, context)


@use_case
async def bounce(raw: bytes, now: datetime) -> BounceView:
    """Record a mail server's report that a mail bounced. Raise BounceUnreadable.

    The report counts only for the mail whose Message-ID it names, and only for that mail's
    recipient: no other address in it is suppressed.
    """
    report = bounces.read(raw)
    if report is None:
        return BounceView(0, 0)
    async with transaction() as session:
        to = await sent.bounce(session, report.message_id, report.status, now)
        if to is None:
            return BounceView(0, 0)
        dead = bounces.unreachable(report.status)
        if not dead:
            return BounceView(1, 0)
        new = await mail_addresses.suppress(session, to, report.status, Context(now))
        return BounceView(1, new)


@use_case
async def unsuppress(suppression_id: UUID, context: Context) -> None:
    """Allow mails to a suppressed address again. Raise SuppressionNotFound."""
    async with transaction(context.once) as session:
        await mail_addresses.unsuppress(session, suppression_id)
        event_type = event_types.MAIL_SUPPRESSION_DELETED
        await events.record_deletion(session, event_type, suppression_id, context)


@use_case
async def unsubscribe(token: str, context: Context) -> None:
    """Withdraw the consent of the token's owner to reminders. Raise UnsubscribeLinkWrong."""
    email = consents.owner(token)
    async with transaction() as session:
        await consents.withdraw(session, email, context)
