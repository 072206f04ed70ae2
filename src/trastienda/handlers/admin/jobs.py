"""The queue, as staff see it: what waits, what failed for good, and trying that again."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, QueryParameter

from trastienda.controllers import jobs
from trastienda.database.db import reading
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.schemas.job import JobPage, JobStatus, JobView
from trastienda.services import job_list

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
    """List jobs, the newest first. Those that have succeeded are not kept."""
    async with reading() as session:
        page = await job_list.page(session, status, task, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_job(job_id: FromPath[int]) -> JobView:
    """Read a job."""
    async with reading() as session:
        return await job_list.view(session, job_id)


@post(status_code=204, opt={"refuses": [409]})
async def retry_job(job_id: FromPath[int]) -> None:
    """Try a job again that has failed for good; all its tries are before it again."""
    await jobs.retry(job_id)


@delete(opt={"refuses": [409]})
async def cancel_job(job_id: FromPath[int]) -> None:
    """Take a waiting job back. It stays to be read as `cancelled`."""
    await jobs.cancel(job_id)
