"""A real PostgreSQL, the real application, and clients that speak HTTP to it.

All tests of a worker share one database: a test makes what it needs, under names of its own.

With PG_PROGRAMS tests run on another PostgreSQL, and then only what depends on the server: what
asks for the fixture `server`, itself or through others. A test marked `once` is left out there,
because no PostgreSQL can make a difference: the answer is decided before a statement runs, or other
tests run each statement. The Makefile says which folders run there, for the same reason.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support import plugin as tested
from support.applications import SECRET, TEMPLATE, alive, an_empty_shop
from support.people import a_browser, a_program
from support.processes.nodes import a_folder
from support.statements import Counting, CountingPrepared

from trastienda import application
from trastienda.application import Application
from trastienda.database import migrations
from trastienda.database.db import Database
from trastienda.database.models.accounts.user import Role
from trastienda.node import folder
from trastienda.postgres import embedded
from trastienda.settings import Settings

PROGRAMS = os.environ.get("PG_PROGRAMS")
"""Where another PostgreSQL's initdb, pg_ctl and postgres are; the embedded one's without it.

With it, only what depends on the server is tested: what asks for the fixture `server`, and is not
marked `once`.
"""
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


# A busy machine takes as long as it takes: what hangs is ended by pytest's own timeout. The same
# examples each time; `make fuzz` looks for others.
hypothesis.settings.register_profile(
    "patient",
    deadline=None,
    derandomize=not os.environ.get("FUZZ"),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(tested)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    if PROGRAMS:
        again = {it for it in items if "server" in it.fixturenames and not _is_once(it)}
        config.hook.pytest_deselected(items=[it for it in items if it not in again])
        items[:] = [it for it in items if it in again]


def _is_once(item: pytest.Function) -> bool:
    return item.get_closest_marker("once") is not None


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[embedded.Embedded]:
    programs = Path(PROGRAMS) if PROGRAMS else None
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with embedded.running(data, programs=programs, durable=False) as running:
            with psycopg.connect(running.superuser_url) as connection:
                version = connection.info.parameter_status("server_version") or "?"
            pytestconfig.stash[tested.SEEN].add(version)
            yield running


@pytest.fixture(scope="session")
def database_url(server: embedded.Embedded) -> str:
    """Return the URL of an empty, migrated database of this worker's own.

    It is a copy: the database that was migrated stays as it is, for others to be copied from.
    """
    name = f"shop_{WORKER}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER trastienda")
        migrations.upgrade(server.url.replace("/trastienda?", f"/{TEMPLATE}?"))
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda TEMPLATE {TEMPLATE}")
    return server.url.replace("/trastienda?", f"/{name}?")


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("shop")
    return Settings(database_url=database_url, secret=SECRET, data=data)


@pytest.fixture(scope="session")
async def shop(settings: Settings) -> AsyncIterator[Application]:
    database = Database(settings.database_url or "", 20, Counting, CountingPrepared)
    # Tests of one buyer are many: tests/middlewares/test_rates.py counts how often it may ask.
    app = application.guarded(application.shop(settings, database), settings)
    async with alive(app):
        yield app


@pytest.fixture
async def empty_shop(
    server: embedded.Embedded,
    shop: ASGIApp,
    tmp_path: Path,
) -> AsyncIterator[Application]:
    """Open a shop with nothing in it. While it lasts, controllers work on it as well."""
    async with an_empty_shop(server, tmp_path) as app:
        yield app


@pytest.fixture(scope="session")
async def staff(shop: ASGIApp) -> AsyncIterator[AsyncClient]:
    """Return a program with an owner's key."""
    async with await a_program(shop, Role.OWNER) as client:
        yield client


@pytest.fixture
async def buyer(shop: ASGIApp) -> AsyncIterator[AsyncClient]:
    """Return somebody nobody knows, in a browser."""
    async with a_browser(shop) as client:
        yield client


@pytest.fixture
def statements(shop: ASGIApp) -> list[str]:
    """Return what is executed from now on, without BEGIN, COMMIT and ROLLBACK."""
    Counting.ran.clear()
    return Counting.ran
