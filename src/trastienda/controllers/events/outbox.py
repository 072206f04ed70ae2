"""The relay: events get their positions, and cause jobs and webhook deliveries."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from trastienda.database.db import reading, transaction, use_case
from trastienda.services.accounts import security
from trastienda.services.events import events, relay
from trastienda.services.events.events import RecordedEvent
from trastienda.services.events.relay import Relayed
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.services.webhooks import deliveries as webhook_deliveries

BATCH = 1_000


@use_case
async def relay_batch(
    wanted: Mapping[str, str], now: datetime, urgent: Collection[str] = ()
) -> int:
    """Give waiting events their positions and queue their jobs and deliveries; return how many.

    `wanted` names the task for a type of event, `urgent` the types whose jobs go first. Several
    nodes may call this at once, but only one relays at a time, so each event is relayed once, and
    the events of an aggregate in their order.
    """
    async with transaction() as session:
        if not await relay.claim(session):
            return 0
        relayed = await relay.assign_positions(session, BATCH, now)
        jobs = [
            Job(
                wanted[event.type],
                event.id,
                lock=str(event.aggregate_id),
                priority=job_queue.URGENT if event.type in urgent else job_queue.USUAL,
            )
            for event in relayed
            if event.type in wanted
        ]
        await job_queue.defer(session, jobs)
        if relayed:
            await webhook_deliveries.fan_out(session, relayed, now)
            await relay.notify(session, relay.CHANNEL, str(relayed[-1].position))
        changes = [event for event in relayed if event.type in security.CHANGES]
        told = [(event, await events.by_id(session, event.id)) for event in changes]
        if changes:
            await security.add(session, Counter(security.CHANGES[it.type][0] for it in changes))
    for change, event in told:
        _log_change(change, event)
    return len(relayed)


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
