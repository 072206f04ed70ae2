"""Whether any worker takes the jobs that are due."""

import asyncio
from collections.abc import Awaitable, Callable

from trastienda.database.db import Reading, prepared
from trastienda.errors import Unavailable
from trastienda.schemas.jobs.job import JobStatus
from trastienda.services.jobs.queue import SILENCE

PATIENCE = 120.0
"""Seconds that a job may be due: jobs of a dead worker wait 100 s before they are queued again."""
AGAIN = 1.0  # seconds until we check whether the same job is still waiting

# The first due job of each queue in which no worker is busy. A job that waits for another one with
# the same lock is not due.
_FIRST_JOBS = f"""
    SELECT first.id::text, greatest(0, extract(epoch FROM now() - first.due_at))::float8
    FROM (SELECT DISTINCT queue_name FROM procrastinate_jobs
        WHERE status = '{JobStatus.TODO}') AS queues
    CROSS JOIN LATERAL (
        SELECT jobs.id, coalesce(jobs.scheduled_at, (SELECT min(events.at)
            FROM procrastinate_events AS events WHERE events.job_id = jobs.id)) AS due_at
        FROM procrastinate_jobs AS jobs
        WHERE jobs.status = '{JobStatus.TODO}' AND jobs.queue_name = queues.queue_name
            AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            AND NOT EXISTS (
                SELECT 1 FROM procrastinate_jobs AS others
                WHERE others.lock = jobs.lock AND (others.status = '{JobStatus.DOING}' OR (
                    others.status = '{JobStatus.TODO}' AND (others.priority > jobs.priority OR (
                        others.priority = jobs.priority AND others.id < jobs.id)))))
        ORDER BY jobs.priority DESC, jobs.id LIMIT 1
    ) AS first
    WHERE NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS done
        JOIN procrastinate_workers AS workers ON workers.id = done.worker_id
        WHERE done.status = '{JobStatus.DOING}' AND done.queue_name = queues.queue_name
            AND workers.last_heartbeat > now() - make_interval(secs => {SILENCE}))
"""
# Mails wait for their first attempt without a job. One about something of which a job makes an
# attempt waits for that.
_FIRST_MAIL = f"""
    SELECT first.id::text, extract(epoch FROM now() - first.due_at)::float8
    FROM (
        SELECT id, due_at FROM letters_sent AS waiting
        WHERE due_at <= now() AND leased_until IS NULL AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS jobs
            WHERE jobs.lock = waiting.aggregate_id::text
                AND jobs.status IN ('{JobStatus.TODO}', '{JobStatus.DOING}'))
        ORDER BY due_at LIMIT 1) AS first
    WHERE NOT EXISTS (
        SELECT FROM letters_sent AS held
        WHERE held.due_at IS NOT NULL AND held.leased_until > now())
"""
FIRST = f"{_FIRST_JOBS} UNION ALL {_FIRST_MAIL}"
"""What has been due longest, and for how many seconds, wherever no worker does anything."""
_FIRST = prepared(FIRST)


class JobsNeglected(Unavailable):
    """Jobs are due, and no worker takes them."""


async def longest(session: Reading) -> float:
    """Return the seconds that a job or mail has been due while no worker does its like, else 0."""
    return max((waited for _, waited in await _FIRST.rows(session)), default=0.0)


async def _pause() -> None:
    await asyncio.sleep(AGAIN)


async def refuse(session: Reading, pause: Callable[[], Awaitable[None]] = _pause) -> None:
    """Raise JobsNeglected if no worker takes jobs.

    Between two jobs a worker is idle too, however many are waiting, so check a moment later whether
    the same job is still the first.
    """
    if before := await _neglected(session):
        await pause()
        if before & await _neglected(session):
            raise JobsNeglected


async def _neglected(session: Reading) -> set[str]:
    return {id_ for id_, waited in await _FIRST.rows(session) if waited > PATIENCE}
