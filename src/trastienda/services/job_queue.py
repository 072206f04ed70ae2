"""The queue of jobs, by its own SQL functions, on the connection of our transaction.

So a job is queued if, and only if, what it is about is committed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Session, prepared

SILENCE = 60.0  # seconds without a heartbeat, of which there are six, after which a worker is dead

_DEFER = prepared("""
    SELECT procrastinate_defer_jobs_v1(array_agg(
        ROW(task, task, 0, lock, NULL, args, NULL)::procrastinate_job_to_defer_v1 ORDER BY number))
    FROM unnest(%(tasks)s::text[], %(locks)s::text[], %(args)s::jsonb[])
        WITH ORDINALITY AS job (task, lock, args, number)
""")
# It is looked at again once its row is locked: of two nodes, one takes a job up.
_TAKE_UP = prepared("""
    SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM (
        SELECT id FROM procrastinate_jobs AS jobs
        WHERE status = 'doing' AND NOT EXISTS (
            SELECT 1 FROM procrastinate_workers AS workers
            WHERE workers.id = jobs.worker_id
              AND workers.last_heartbeat > now() - make_interval(secs => %(silence)s))
        ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED) AS left_behind
""")
_SWEEP = prepared("""
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT id FROM procrastinate_jobs AS jobs
        WHERE status NOT IN ('todo', 'doing') AND NOT EXISTS (
            SELECT 1 FROM procrastinate_events AS events
            WHERE events.job_id = jobs.id AND events.at >= %(before)s)
        LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class Job(NamedTuple):
    """Do `task` about an event. Jobs with one `lock` run one after the other, as queued."""

    task: str
    event_id: UUID
    lock: str


async def defer(session: Session, jobs: Sequence[Job]) -> None:
    """Queue jobs, each in the queue of its task's name."""
    if jobs:
        tasks, locks = [job.task for job in jobs], [job.lock for job in jobs]
        args = [Jsonb({"event": str(job.event_id)}) for job in jobs]
        await _DEFER(session, tasks=tasks, locks=locks, args=args)


async def take_up(session: Session, most: int) -> int:
    """Queue the jobs of dead workers again; return how many."""
    return await _TAKE_UP(session, silence=SILENCE, most=most)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that ended before then; return how many."""
    return await _SWEEP(session, before=before, most=most)
