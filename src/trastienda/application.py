"""The application that each web worker serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ASGIApp

from trastienda import settings as environment
from trastienda.database.db import Database, connected
from trastienda.middlewares import access, client, csrf, sightings
from trastienda.routes import api
from trastienda.services.tokens import signing
from trastienda.settings import Settings, WrongSetting


def create(settings: Settings | None = None, database: Database | None = None) -> ASGIApp:
    """Put the application together; tests pass their own settings and database."""
    settings = settings or environment.read()
    return csrf.protected(csrf.our_origins(settings), frozenset())(shop(settings, database))


def shop(settings: Settings, database: Database | None = None) -> Litestar:
    secret = settings.secret
    if secret is None:
        raise WrongSetting("TRASTIENDA_SECRET: is missing")

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        pool = database or Database(settings.database_url or "", settings.pool)
        async with connected(pool):
            with signing(secret):
                yield
            await sightings.settled()

    return Litestar(
        route_handlers=[api],
        lifespan=[lifespan],
        dependencies={
            "visitor": Provide(access.visitor),
            "client": Provide(client.counted(settings), sync_to_thread=False),
        },
        exception_handlers={Exception: leave},
        openapi_config=None,
        logging_config=None,
    )


def leave(_: Any, error: Exception) -> NoReturn:  # noqa: ANN401 - the framework's signature
    """Let errors through to the wrapper that answers them."""
    raise error
