"""The queue of jobs, as staff see it."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, QueryParameter

from trastienda.controllers.jobs import jobs
from trastienda.database.db import reading
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.jobs.job import JobPage, JobStatus, JobView
from trastienda.services.jobs import listing

Status = Annotated[JobStatus | None, QueryParameter(description="`failed`: the dead letters.")]
Task = Annotated[
    str | None, QueryParameter(min_length=1, max_length=128, description="Jobs of this task.")
]


@get()
async def list_jobs(
    request: Request[Any, Any, Any],
    status: Status = None,
    task: Task = None,
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[JobPage]:
    """List jobs, the newest first. Jobs that succeeded are not kept."""
    async with reading() as session:
        page = await listing.page(session, status, task, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_job(job_id: FromPath[int]) -> JobView:
    """Read a job."""
    async with reading() as session:
        return await listing.view(session, job_id)


@post(status_code=204, opt={"refuses": [409]})
async def retry_job(job_id: FromPath[int]) -> None:
    """Try a job again that has failed for good or was cancelled, with all its tries before it."""
    await jobs.retry(job_id)


@delete(opt={"refuses": [409]})
async def cancel_job(job_id: FromPath[int]) -> None:
    """Cancel a waiting job. It can still be read, as `cancelled`."""
    await jobs.cancel(job_id)
