"""What is done to jobs from outside: given up ones are tried again, waiting ones taken back."""

from trastienda.database.db import transaction, use_case
from trastienda.services import job_queue
from trastienda.services.job_queue import TakenUp

BATCH = 100


@use_case
async def take_up() -> TakenUp:
    """Queue the jobs again whose worker died over them, a batch; say what became of them."""
    async with transaction() as session:
        return await job_queue.take_up(session, BATCH)


@use_case
async def note(job_id: int, kind: str, reason: str) -> None:
    """Keep why a try of a running job fails, for whoever reads the dead letters."""
    async with transaction() as session:
        await job_queue.note(session, job_id, kind, reason)


@use_case
async def retry(job_id: int) -> None:
    """Try a dead letter again, with all its tries before it. Twice at once does it once."""
    async with transaction() as session:
        await job_queue.retry(session, job_id)


async def retry_dead(task: str | None) -> int:
    """Try all dead letters again, or those of a task; return how many."""
    total = queued = await _retry_batch(task)
    while queued == BATCH:
        total += (queued := await _retry_batch(task))
    return total


@use_case
async def _retry_batch(task: str | None) -> int:
    async with transaction() as session:
        return await job_queue.retry_dead(session, task, BATCH)


@use_case
async def cancel(job_id: int) -> None:
    """Take a waiting job back."""
    async with transaction() as session:
        await job_queue.cancel(session, job_id)
