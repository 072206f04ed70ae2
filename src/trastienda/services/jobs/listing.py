"""Jobs as people read them. Of a job's arguments, only the event's id is shown."""

from contextlib import suppress
from uuid import UUID

import msgspec

from trastienda.database.db import Reading, Row, prepared
from trastienda.schemas.jobs.job import JobCount, JobFailure, JobPage, JobStatus, JobView
from trastienda.services.jobs.queue import MAIL, JobNotFound
from trastienda.services.shared import cursors

LAST = 2**63 - 1
_COLUMNS = """
    id, task_name, status::text, priority, attempts,
    (SELECT min(at) FROM procrastinate_events AS events
        WHERE events.job_id = jobs.id AND events.type = 'deferred'),
    scheduled_at, args ->> 'event', args -> 'failure'
"""
_PAGE = prepared(f"""
    SELECT {_COLUMNS} FROM procrastinate_jobs AS jobs
    WHERE id < %(before)s
        AND (%(status)s::text IS NULL OR status::text = %(status)s::text)
        AND (%(task)s::text IS NULL OR task_name = %(task)s::text)
    ORDER BY id DESC LIMIT %(limit)s + 1
""")
_ONE = prepared(f"SELECT {_COLUMNS} FROM procrastinate_jobs AS jobs WHERE id = %(id)s")
# Mails that wait for their first attempt, or are at it, are counted with the jobs that make others.
_COUNTS = prepared(f"""
    SELECT task, status, count(*), coalesce(
        extract(epoch FROM now() - min(due_at) FILTER (WHERE due_at <= now())), 0)::float8
    FROM (
        SELECT task_name AS task, status::text, CASE WHEN status = '{JobStatus.TODO}' THEN
            coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events AS events
                WHERE events.job_id = jobs.id)) END AS due_at
        FROM procrastinate_jobs AS jobs
        UNION ALL
        SELECT '{MAIL}', CASE WHEN leased_until IS NULL THEN '{JobStatus.TODO}'
            ELSE '{JobStatus.DOING}' END, CASE WHEN leased_until IS NULL THEN due_at END
        FROM letters_sent WHERE due_at IS NOT NULL) AS counted
    GROUP BY task, status ORDER BY task, status
""")


async def page(
    session: Reading, status: JobStatus | None, task: str | None, limit: int, cursor: str | None
) -> JobPage:
    """List jobs, the newest first. Raise CursorUnusable for another list's cursor."""
    shape = ["jobs", status or "", task or ""]
    before = min(cursors.read(cursor, shape, str)[1].int, LAST) if cursor else LAST
    rows = await _PAGE.rows(
        session, before=before, status=status and status.value, task=task, limit=limit
    )
    items = [_view(row) for row in rows[:limit]]
    more = cursors.after(shape, "", UUID(int=items[-1].id)) if len(rows) > limit else None
    return JobPage(items, more)


async def view(session: Reading, job_id: int) -> JobView:
    """Return one job. Raise JobNotFound."""
    if row := await _ONE.row(session, id=job_id):
        return _view(row)
    raise JobNotFound


async def counts(session: Reading) -> list[JobCount]:
    """Return the number of jobs by task and status, and the seconds that the oldest has waited."""
    rows = await _COUNTS.rows(session)
    return [
        JobCount(task, JobStatus(status), jobs, max(0.0, waited))
        for task, status, jobs, waited in rows
    ]


def _view(row: Row) -> JobView:
    id_, task, status, priority, attempts, queued_at, due_at, event_id, failure = row
    return JobView(
        id=id_,
        task=task,
        status=JobStatus(status),
        priority=priority,
        attempts=attempts,
        queued_at=queued_at,
        due_at=due_at,
        event_id=event_id,
        failure=_failure(failure),
    )


def _failure(noted: object) -> JobFailure | None:
    """Read why a job failed; return None for a record that this code did not write."""
    with suppress(msgspec.ValidationError):
        return msgspec.convert(noted, JobFailure)
    return None
