"""A backup of one version of PostgreSQL is put back into another."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from support.processes.nodes import a_folder

from trastienda.commands.backups import SHOP
from trastienda.database import migrations
from trastienda.node import folder
from trastienda.postgres import backups
from trastienda.postgres.embedded import Embedded, running
from trastienda.postgres.tools import for_dump

pytestmark = [
    pytest.mark.xdist_group("backups"),
    pytest.mark.once,  # both versions are in each test
]

DEBIAN = Path("/usr/lib/postgresql/15/bin")
needs_15 = pytest.mark.skipif(
    not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed in /usr/lib/postgresql/15"
)
NAMES = "SELECT name FROM locations ORDER BY name"
Server = Callable[[str], Embedded]


def unmoved(done: int, total: int) -> None:
    pass


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def a_database(server: Embedded) -> str:
    name = f"versions_{uuid4().hex}"
    execute(server.superuser_url, f"CREATE DATABASE {name} OWNER trastienda")
    return server.url.replace("/trastienda?", f"/{name}?")


def a_shop(server: Embedded) -> str:
    url = a_database(server)
    migrations.upgrade(url)
    execute(url, "UPDATE locations SET name = 'the shop in Ávila'")
    return url


@pytest.fixture(scope="module")
def fifteen() -> Iterator[Embedded]:
    with (
        a_folder() as place,
        running(folder.prepare(place / "data"), programs=DEBIAN, durable=False) as it,
    ):
        yield it


@pytest.fixture
def on(server: Embedded, request: pytest.FixtureRequest) -> Server:
    """Return the server of a version; PostgreSQL 15 is started for the first test that asks."""

    def get(version: str) -> Embedded:
        if version == "embedded":
            return server
        running_15: Embedded = request.getfixturevalue("fifteen")
        return running_15

    return get


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("15", "embedded", marks=needs_15),
        ("embedded", "embedded"),
        pytest.param("15", "15", marks=needs_15),
    ],
)
def test_a_shop_moves_between_versions(
    on: Server, tmp_path: Path, source: str, target: str
) -> None:
    file, here, there = tmp_path / "shop.backup", a_shop(on(source)), a_database(on(target))

    taken = backups.take(SHOP, here, file, unmoved)
    put_back = backups.put_back(SHOP, there, file, unmoved, replace=False)

    assert put_back == taken
    assert execute(there, NAMES) == [("the shop in Ávila",)]
    assert backups.take(SHOP, there, tmp_path / "again.backup", unmoved).tables == taken.tables
    assert migrations.missing(there) == []


def test_what_a_server_keeps_for_itself_is_left_out(server: Embedded, tmp_path: Path) -> None:
    """PostgreSQL 15.20 keeps `pg_attver` with every column, and programs of 18.6 dump it."""
    file, here, there = tmp_path / "shop.backup", a_shop(server), a_database(server)
    superuser = here.replace("trastienda@", "postgres@")
    execute(
        superuser,
        "UPDATE pg_attribute SET attoptions = CASE attname"
        " WHEN 'name' THEN ARRAY['n_distinct=7', 'pg_attver=26492472']"
        " ELSE ARRAY['pg_attver=26492472'] END"
        " WHERE attrelid = 'locations'::regclass AND attnum > 0",
    )

    taken = backups.take(SHOP, here, file, unmoved)
    put_back = backups.put_back(SHOP, there, file, unmoved, replace=False)

    assert put_back == taken
    options = "SELECT attoptions FROM pg_attribute WHERE attrelid = 'locations'::regclass"
    assert execute(there, f"{options} AND attoptions IS NOT NULL") == [(["n_distinct=7"],)]


@needs_15
def test_programs_of_the_servers_own_version_dump_it() -> None:
    assert for_dump("postgresql:///shop", 150_020).folder == DEBIAN
