from litestar import get
from litestar.datastructures import State

from trastienda.database.db import reading
from trastienda.schemas.health import Health
from trastienda.services import health
from trastienda.services.jobs import neglect as job_neglect


@get()
async def check_live() -> Health:
    """Say that this process runs.

    It does not look at the database: a process must not be restarted because its database is away.
    """
    return Health("live")


@get()
async def check_ready(state: State) -> Health:
    """Say whether this process can serve: the database answers, and has the tables that it needs.

    On a node with a job worker, also whether workers take the jobs that are due.
    """
    async with reading() as session:
        await health.migrated(session)
        if state["has_worker"]:
            await job_neglect.refuse(session)
    return Health("ready")
