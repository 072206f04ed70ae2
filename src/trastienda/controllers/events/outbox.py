"""The relay: events get their positions, and cause mails and webhook deliveries."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import structlog

from trastienda.database.db import Session, reading, together, transaction, use_case
from trastienda.services.accounts import security
from trastienda.services.channels import channels
from trastienda.services.events import events, relay
from trastienda.services.events.events import RecordedEvent
from trastienda.services.events.relay import Relayed
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.services.mail import attempts as mail_attempts
from trastienda.services.mail import causes
from trastienda.services.mail.attempts import QueuedMail
from trastienda.services.mail.causes import Cause
from trastienda.services.mail.table import TYPES
from trastienda.services.webhooks import deliveries as webhook_deliveries

log = structlog.get_logger()
BATCH = relay.BATCH
UNTOLD = (AttributeError, KeyError, TypeError, ValueError)
"""What goes wrong if an event holds something else than its mails are made of."""


@use_case
async def relay_batch(now: datetime) -> int:
    """Give waiting events their positions, queue their mails and deliveries; return how many.

    Several nodes may call this at once, but only one relays at a time, so each event is relayed
    once, and the events of an aggregate in their order.
    """
    async with transaction() as session:
        if not await relay.claim(session):
            return 0
        relayed = await relay.assign_positions(session, BATCH, now, TYPES)
        if relayed:
            await _follow_up(session, relayed, now)
        changes = [event for event in relayed if event.type in security.CHANGES]
        told = [(event, await events.by_id(session, event.id)) for event in changes]
        if changes:
            await security.add(session, Counter(security.CHANGES[it.type][0] for it in changes))
    for change, event in told:
        _log_change(change, event)
    return len(relayed)


async def _follow_up(session: Session, relayed: Sequence[Relayed], now: datetime) -> None:
    """Queue the mails and deliveries of events, and wake those who wait for events."""
    calls = [
        webhook_deliveries.fanning_out(relayed, now),
        relay.notifying(relay.CHANNEL, str(relayed[-1].position)),
    ]
    if mails := await _mails(session, relayed):
        calls.append(mail_attempts.queueing(mails, now, due=now))
    await together(session, *calls)


async def _mails(session: Session, relayed: Sequence[Relayed]) -> list[QueuedMail]:
    """Return the mails that events cause.

    An event of which none can be told holds up no other: a job tries again, fails, and is shown.
    """
    causing = [Cause(it.id, it.event) for it in relayed if it.event is not None]
    if not causing:
        return []
    await channels.refresh(session)
    mails: list[QueuedMail] = []
    for cause in causing:
        try:
            mails += await causes.mails(session, cause)
        except UNTOLD as error:
            log.warning("mails left to a job", about=str(cause.id), kind=type(error).__name__)
            job = Job(job_queue.MAIL, cause.id, lock=str(cause.event.aggregate_id))
            await job_queue.defer(session, [job])
    return mails


def _log_change(change: Relayed, event: RecordedEvent | None) -> None:
    """Log a change of rights or credentials as a security event, in a process with such a log."""
    data = event.data if event else {}
    kind, whose = security.CHANGES[change.type]
    security.log_event(
        kind,
        change=change.type,
        event_id=change.id,
        **{whose: change.aggregate_id},
        role=data.get("role"),
        provider=data.get("name") if whose == "provider_id" else None,
        key=data.get("prefix"),
        by=event.actor if event else None,
    )


async def wake() -> None:
    """Notify the relays of all nodes that an event is waiting."""
    async with reading() as session:
        await relay.notify(session, relay.WAKE)
