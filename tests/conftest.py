"""A real PostgreSQL, a real application, and a client that speaks HTTP to it."""

import os
import pkgutil
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from typing import Any

import msgspec
import psycopg
import pytest
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import create_engine

from trastienda import application
from trastienda.database import models
from trastienda.database.db import Database, Model, connected
from trastienda.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ShopError,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from trastienda.middlewares import csrf, sightings
from trastienda.services.tokens import signing
from trastienda.settings import Settings

SERVER = "host=/tmp/devpg user=postgres"
STATUS = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    TooMany: 429,
    Unavailable: 503,
}


class Counting(psycopg.AsyncCursor[Any]):
    ran: list[str] = []

    async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        self.ran.append(str(query))
        return await super().execute(query, *args, **kwargs)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    name = f"identity_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with psycopg.connect(f"{SERVER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    engine = create_engine(f"postgresql+psycopg://postgres@/{name}?host=/tmp/devpg")
    for module in pkgutil.iter_modules(models.__path__, f"{models.__name__}."):
        import_module(module.name)
    Model.metadata.create_all(engine)
    engine.dispose()
    yield f"{SERVER} dbname={name}"
    with psycopg.connect(f"{SERVER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
async def shop(database_url: str) -> AsyncIterator[ASGIApp]:
    settings = Settings(database_url=database_url, secret="s" * 32)
    bare = application.shop(settings)
    with signing("s" * 32):  # the framework's lifespan must end in the task that began it
        async with connected(Database(database_url, 10, Counting)):
            yield problems(csrf.protected(csrf.our_origins(settings), frozenset())(bare))
            await sightings.settled()


@pytest.fixture
def statements(shop: ASGIApp) -> list[str]:  # noqa: ARG001
    Counting.ran.clear()
    return Counting.ran


def problems(app: ASGIApp) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except (ShopError, HTTPException) as error:
            facts: dict[str, Any] = getattr(error, "facts", {})
            status = getattr(error, "status_code", 0) or next(
                code for kind, code in STATUS.items() if isinstance(error, kind)
            )
            name = "".join(f"-{c.lower()}" if c.isupper() else c for c in type(error).__name__)
            body = {"type": f"/problems/{name[1:]}", "status": status, **facts}
            headers = [(b"content-type", b"application/problem+json")]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send(
                {
                    "type": "http.response.body",
                    "body": msgspec.json.encode(body),
                    "more_body": False,
                }
            )

    return serve
