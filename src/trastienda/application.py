"""The application that each web worker serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar

from trastienda import settings as environment
from trastienda.database.db import Database, connected
from trastienda.routes import api
from trastienda.settings import Settings


def create(settings: Settings | None = None, database: Database | None = None) -> Litestar:
    """Put the application together; tests pass their own settings and database."""
    settings = settings or environment.read()

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        pool = database or Database(settings.database_url or "", settings.pool)
        async with connected(pool):
            yield

    return Litestar(route_handlers=[api], lifespan=[lifespan])
