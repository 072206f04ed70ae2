from litestar import get

from trastienda.database.db import reading
from trastienda.schemas.health import Health
from trastienda.services import health


@get()
async def check_live() -> Health:
    """Say that this process runs.

    It asks nobody else: a process that is alive must not be ended because its database is away.
    """
    return Health("live")


@get()
async def check_ready() -> Health:
    """Say whether this process can serve: the database answers, and has the tables we know."""
    async with reading() as session:
        await health.migrated(session)
    return Health("ready")
