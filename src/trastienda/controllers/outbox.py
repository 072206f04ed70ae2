"""From what happened to the jobs and deliveries that somebody wants about it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from trastienda.database.db import reading, transaction, use_case
from trastienda.services import job_queue, relay, webhook_deliveries
from trastienda.services.job_queue import Job

BATCH = 1_000


@use_case
async def relay_batch(
    wanted: Mapping[str, str], now: datetime, urgent: Collection[str] = ()
) -> int:
    """Give waiting events their positions, queue jobs and deliveries; return how many.

    `wanted` names the task for a type of event, `urgent` the types that go first. Several nodes
    may do this at once: one at a time does, so each event is relayed once, and those of an
    aggregate in their order.
    """
    async with transaction() as session:
        if not await relay.turn(session):
            return 0
        placed = await relay.place(session, BATCH, now)
        jobs = [
            Job(
                wanted[event.type],
                event.id,
                lock=str(event.aggregate_id),
                priority=job_queue.URGENT if event.type in urgent else job_queue.USUAL,
            )
            for event in placed
            if event.type in wanted
        ]
        await job_queue.defer(session, jobs)
        if placed:
            await webhook_deliveries.fan_out(session, placed, now)
            await relay.notify(session, relay.CHANNEL, str(placed[-1].position))
    return len(placed)


async def wake() -> None:
    """Tell the relays of all nodes that there is something to do."""
    async with reading() as session:
        await relay.notify(session, relay.WAKE)
