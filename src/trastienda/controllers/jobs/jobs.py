"""Jobs: those of dead workers are queued again, failed ones retried, waiting ones cancelled."""

from trastienda.database.db import transaction, use_case
from trastienda.services.jobs import queue
from trastienda.services.jobs.queue import Failure, TakenUp

BATCH = 100


@use_case
async def take_up() -> TakenUp:
    """Queue one batch of the jobs of dead workers again; return what became of them."""
    async with transaction() as session:
        return await queue.take_up(session, BATCH)


@use_case
async def note(job_id: int, failure: Failure) -> None:
    """Record why an attempt of a running job failed, to be shown with the job."""
    async with transaction() as session:
        await queue.note(session, job_id, failure)


@use_case
async def retry(job_id: int) -> None:
    """Queue a failed or cancelled job again. Raise JobNotFound or JobNotFailed."""
    async with transaction() as session:
        await queue.retry(session, job_id)


async def retry_dead(task: str | None) -> int:
    """Queue all failed jobs again, or those of one task; return how many."""
    total = queued = await _retry_batch(task)
    while queued == BATCH:
        total += (queued := await _retry_batch(task))
    return total


@use_case
async def _retry_batch(task: str | None) -> int:
    async with transaction() as session:
        return await queue.retry_dead(session, task, BATCH)


@use_case
async def cancel(job_id: int) -> None:
    """Cancel a waiting job. Raise JobNotFound or JobNotWaiting."""
    async with transaction() as session:
        await queue.cancel(session, job_id)
