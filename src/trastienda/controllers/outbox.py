"""From what happened to the jobs that somebody wants done about it."""

from collections.abc import Mapping
from datetime import datetime

from trastienda.database.db import transaction, use_case
from trastienda.services import events, job_queue
from trastienda.services.job_queue import Job

BATCH = 100


@use_case
async def relay(wanted: Mapping[str, str], now: datetime) -> int:
    """Queue a job for each waiting event of the types in `wanted`; return how many were seen.

    Several nodes may do this at once: each event is relayed by one of them, once.
    """
    async with transaction() as session:
        waiting = await events.waiting(session, BATCH)
        jobs = [
            Job(wanted[event.type], event.id, lock=str(event.aggregate_id))
            for event in waiting
            if event.type in wanted
        ]
        await job_queue.defer(session, jobs)
        await events.mark_relayed(session, [event.id for event in waiting], now)
    return len(waiting)


@use_case
async def take_up() -> int:
    """Queue the jobs again whose worker died over them; return how many."""
    async with transaction() as session:
        return await job_queue.take_up(session, BATCH)
