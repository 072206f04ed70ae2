"""A real PostgreSQL, a real application, and a client that speaks HTTP to it."""

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
from litestar.types import ASGIApp
from sqlalchemy import create_engine

from trastienda import application
from trastienda.database.db import Database, Model, connected
from trastienda.middlewares import sightings
from trastienda.services.tokens import signing
from trastienda.settings import Settings

SERVER = "host=/tmp/devpg user=postgres"


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
    Model.metadata.create_all(engine)
    engine.dispose()
    yield f"{SERVER} dbname={name}"
    with psycopg.connect(f"{SERVER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, secret="s" * 32)


@pytest.fixture(scope="session")
async def shop(settings: Settings) -> AsyncIterator[ASGIApp]:
    served = application.create(settings)
    with signing("s" * 32):  # the framework's lifespan must end in the task that began it
        async with connected(Database(settings.database_url or "", 10, Counting)):
            yield served
            await sightings.settled()


@pytest.fixture
def statements(shop: ASGIApp) -> list[str]:  # noqa: ARG001
    Counting.ran.clear()
    return Counting.ran
