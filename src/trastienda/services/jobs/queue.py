"""The queue of jobs, on the connection of our transaction.

So a job is queued if, and only if, the change that it is about is committed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Session, prepared
from trastienda.errors import Conflict, NotFound
from trastienda.schemas.jobs.job import JobStatus

SILENCE = 60.0  # seconds without a heartbeat (sent six times as often) after which a worker is dead
DEADLY = 3
"""A job over which so many workers in a row have died is not given to another one."""
MAIL = "mail"
"""The task that makes the attempts at mails after the first: see `services/mail/attempts.py`."""
RETRIED = frozenset({JobStatus.FAILED, JobStatus.CANCELLED})
"""The states from which a job can be queued again."""
CANCELLED = frozenset({JobStatus.TODO})
"""The states in which a job can be cancelled."""
URGENT, USUAL, BULK = 10, 0, -10
"""Priorities: for mails that a customer is waiting for, for orders, and for the rest."""

# As `procrastinate_defer_jobs_v1` does it, which first makes an array of what it then takes apart.
_DEFER = prepared("""
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args)
    SELECT task, task, priority, lock, args
    FROM unnest(%(tasks)s::text[], %(priorities)s::int[], %(locks)s::text[], %(args)s::jsonb[])
        WITH ORDINALITY AS job (task, priority, lock, args, number)
    ORDER BY number
""")
# A job that has been tried elsewhere: its history begins with that attempt. There is one for each
# event that waits or is worked on, however many of its mails fail.
_KEEP = prepared(f"""
    WITH made AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args, attempts,
            status, scheduled_at)
        SELECT task, task, priority, lock, args, 1,
            (CASE WHEN %(due)s::timestamptz IS NULL THEN '{JobStatus.FAILED}'
                ELSE '{JobStatus.TODO}' END)::procrastinate_job_status, %(due)s::timestamptz
        FROM unnest(%(tasks)s::text[], %(priorities)s::int[], %(locks)s::text[], %(args)s::jsonb[])
            WITH ORDINALITY AS job (task, priority, lock, args, number)
        WHERE NOT EXISTS (
            SELECT FROM procrastinate_jobs AS others
            WHERE others.lock = job.lock AND others.task_name = job.task
                AND others.status IN ('{JobStatus.TODO}', '{JobStatus.DOING}')
                AND others.args ->> 'event' = job.args ->> 'event')
        ORDER BY number
        RETURNING id, status
    )
    INSERT INTO procrastinate_events (job_id, type)
    SELECT id, unnest('{{deferred,failed}}'::procrastinate_job_event_type[]) FROM made
    WHERE status = '{JobStatus.FAILED}'
""")
_GIVEN = "CASE jsonb_typeof(args) WHEN 'object' THEN args ELSE '{}' END"
"""A job's arguments, whoever wrote them; malformed ones must not break the listing of others."""
# The worker is checked again once the row is locked, so that only one node queues the job again.
_TAKE_UP = prepared(f"""
    WITH left_behind AS MATERIALIZED (
        SELECT id, {_GIVEN} AS given, 1 + CASE jsonb_typeof(args #> '{{failure,deaths}}')
            WHEN 'number' THEN greatest(0,
                least((args #>> '{{failure,deaths}}')::numeric, %(deadly)s))::int
            ELSE 0 END AS deaths
        FROM procrastinate_jobs AS jobs
        WHERE status = '{JobStatus.DOING}' AND NOT EXISTS (
            SELECT 1 FROM procrastinate_workers AS workers
            WHERE workers.id = jobs.worker_id
              AND workers.last_heartbeat > now() - make_interval(secs => %(silence)s))
        ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), taken_up AS (
        UPDATE procrastinate_jobs AS jobs SET
            attempts = attempts + 1, scheduled_at = now(), abort_requested = false,
            status = (CASE WHEN deaths >= %(deadly)s OR abort_requested
                THEN '{JobStatus.FAILED}' ELSE '{JobStatus.TODO}' END)::procrastinate_job_status,
            args = given || jsonb_build_object('failure', jsonb_build_object(
                'kind', 'WorkerDied', 'reason', 'The worker died over this job.',
                'at', now(), 'deaths', deaths))
        FROM left_behind WHERE left_behind.id = jobs.id
        RETURNING jobs.status
    )
    SELECT count(*) FILTER (WHERE status = '{JobStatus.TODO}'),
        count(*) FILTER (WHERE status = '{JobStatus.FAILED}')
    FROM taken_up
""")
_NOTE = prepared(f"""
    UPDATE procrastinate_jobs SET args = args || jsonb_build_object('failure', jsonb_build_object(
        'kind', %(kind)s::text, 'reason', %(reason)s::text, 'at', now(), 'deaths', 0))
    WHERE id = %(id)s AND status = '{JobStatus.DOING}'
""")
_STATUS = prepared("""
    SELECT status::text FROM procrastinate_jobs WHERE id = %(id)s FOR UPDATE
""")
# Retried, a job has all its attempts again; the last failure stays visible until it is done.
_AGAIN = f"""
    UPDATE procrastinate_jobs SET status = '{JobStatus.TODO}', attempts = 0, scheduled_at = now(),
        worker_id = NULL, args = CASE jsonb_typeof(args -> 'failure')
            WHEN 'object' THEN args #- '{{failure,deaths}}' ELSE {_GIVEN} - 'failure' END
"""
_RETRY = prepared(f"{_AGAIN} WHERE id = %(id)s")
_RETRY_DEAD = prepared(f"""{_AGAIN} WHERE id = ANY (ARRAY(
    SELECT id FROM procrastinate_jobs
    WHERE status = '{JobStatus.FAILED}' AND (%(task)s::text IS NULL OR task_name = %(task)s::text)
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")
_CANCEL = prepared(
    f"UPDATE procrastinate_jobs SET status = '{JobStatus.CANCELLED}' WHERE id = %(id)s"
)
_SWEEP = prepared(f"""
    DELETE FROM procrastinate_jobs WHERE id = ANY (ARRAY(
        SELECT id FROM procrastinate_jobs AS jobs
        WHERE status NOT IN ('{JobStatus.TODO}', '{JobStatus.DOING}') AND NOT EXISTS (
            SELECT 1 FROM procrastinate_events AS events
            WHERE events.job_id = jobs.id AND events.at >= %(before)s)
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class Job(NamedTuple):
    """A `task` about an event. Jobs with the same `lock` run one at a time, in order."""

    task: str
    event_id: UUID
    lock: str
    priority: int = USUAL


class Failure(NamedTuple):
    """Why an attempt failed, in words that name nobody."""

    kind: str
    reason: str
    deaths: int = 0
    """How many workers in a row have died over it."""


class TakenUp(NamedTuple):
    """What became of the jobs of dead workers."""

    again: int
    given_up: int


async def defer(session: Session, jobs: Sequence[Job]) -> None:
    """Queue jobs, each in the queue named after its task."""
    if jobs:
        await _DEFER(session, **_columns(jobs, {}))


async def keep(
    session: Session, jobs: Sequence[Job], failure: Failure, now: datetime, due: datetime | None
) -> None:
    """Queue jobs whose first attempt was made elsewhere and failed; without `due`, for good.

    An event about which a job waits already gets no second one.
    """
    if jobs:
        noted = {**failure._asdict(), "at": now}
        await _KEEP(session, **_columns(jobs, {"failure": noted}), due=due)


def _columns(jobs: Sequence[Job], more: Mapping[str, object]) -> dict[str, list[Any]]:
    return {
        "tasks": [job.task for job in jobs],
        "priorities": [job.priority for job in jobs],
        "locks": [job.lock for job in jobs],
        "args": [Jsonb({"event": str(job.event_id), **more}) for job in jobs],
    }


async def take_up(session: Session, most: int) -> TakenUp:
    """Queue at most `most` jobs of dead workers again, except those that killed DEADLY in a row."""
    row = await _TAKE_UP.row(session, silence=SILENCE, deadly=DEADLY, most=most)
    return TakenUp(*row) if row else TakenUp(0, 0)


async def note(session: Session, job_id: int, failure: Failure) -> None:
    """Record with a running job why this attempt failed."""
    await _NOTE(session, id=job_id, kind=failure.kind, reason=failure.reason)


async def retry(session: Session, job_id: int) -> None:
    """Queue a job again that has failed or was cancelled. Raise JobNotFound or JobNotFailed."""
    status = await _status(session, job_id)
    if status not in RETRIED:
        raise JobNotFailed(job_status=status)
    await _RETRY(session, id=job_id)


async def retry_dead(session: Session, task: str | None, most: int) -> int:
    """Queue at most `most` failed jobs again, of one task or of all; return how many."""
    return await _RETRY_DEAD(session, task=task, most=most)


async def cancel(session: Session, job_id: int) -> None:
    """Cancel a waiting job. Raise JobNotFound or JobNotWaiting."""
    status = await _status(session, job_id)
    if status not in CANCELLED:
        raise JobNotWaiting(job_status=status)
    await _CANCEL(session, id=job_id)


async def _status(session: Session, job_id: int) -> str:
    row = await _STATUS.row(session, id=job_id)
    if row is None:
        raise JobNotFound
    return str(row[0])


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` jobs that ended before then; return how many."""
    return await _SWEEP(session, before=before, most=most)


class JobNotFound(NotFound):
    """There is no such job, or it has been done."""


class JobNotFailed(Conflict):
    """Only a job that has failed for good, or was cancelled, can be tried again."""


class JobNotWaiting(Conflict):
    """Only a job that waits can be cancelled."""
