"""A version and the one before it share a database, so that an upgrade closes no shop."""

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from support.analysis.schema_changes import Schema, breaches, schema
from support.processes.nodes import a_folder

from trastienda.database import migrations, revisions
from trastienda.database.migrations import steps
from trastienda.postgres.embedded import Embedded

pytestmark = [
    pytest.mark.xdist_group("upgrades"),
    pytest.mark.once,  # the tests of each version run on both
]

ROOT = Path(__file__).parents[2]
PREVIOUS = "04a963b7f49734879f20bac8947566631278887a"
"""Its dependencies are those of today. A release moves it to the release before."""
READING_AND_BUYING = ("products", "carts", "cart_reading", "checkout")
PASSED = "71 passed"
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
    *("-p", "no:schemathesis", "-p", "no:faker"),  # nobody uses them, and they load slowly
)
NEWER_SCHEMA = '''
import os, subprocess, sys
from pathlib import Path

import psycopg
import pytest
import trastienda
from lifespans import TEMPLATE

UPGRADE = "import sys; from trastienda.database import migrations; migrations.upgrade(sys.argv[1])"


@pytest.fixture(scope="session")
def database_url(server):
    """Return the URL of a database that the version of today has made."""
    assert Path(trastienda.__path__[0]).is_relative_to(Path(__file__).parents[2])
    template = server.url.replace("/trastienda?", f"/{TEMPLATE}?")
    today = {**os.environ, "PYTHONPATH": os.environ["TODAY"]}
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER trastienda")
        subprocess.run([sys.executable, "-c", UPGRADE, template], env=today, check=True)
        connection.execute(f"CREATE DATABASE shop OWNER trastienda TEMPLATE {TEMPLATE}")
    with psycopg.connect(template) as connection:
        (applied,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert applied == os.environ["NEWEST"]
    return server.url.replace("/trastienda?", "/shop?")
'''


BEFORE = """
CREATE TABLE things (
    id int PRIMARY KEY, name varchar NOT NULL, size int DEFAULT 1 NOT NULL, note text,
    state text CONSTRAINT known_state CHECK (state IN ('open', 'closed'))
);
CREATE TABLE others (id int PRIMARY KEY);
CREATE VIEW seen AS SELECT id FROM things;
CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
"""


def a_database(server: Embedded, name: str) -> str:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda".encode())
    return server.url.replace("/trastienda?", f"/{name}?")


@pytest.fixture(scope="module")
def scratch(server: Embedded) -> tuple[str, Schema]:
    url = a_database(server, "scratch")
    with psycopg.connect(url) as connection:
        connection.execute(BEFORE.encode())
    return url, schema(url)


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        ("CREATE TABLE more (id int PRIMARY KEY, thing int NOT NULL REFERENCES things)", []),
        ("ALTER TABLE things ADD weight int", []),
        ("ALTER TABLE things ADD weight int NOT NULL DEFAULT 0 CHECK (weight >= 0)", []),
        ("ALTER TABLE things ALTER name DROP NOT NULL", []),
        ("ALTER TABLE things DROP CONSTRAINT known_state", []),
        ("CREATE INDEX ON things (name); DROP VIEW seen; CREATE VIEW seen AS SELECT 1 AS id", []),
        ("DROP TABLE others", ["others is gone"]),
        ("ALTER TABLE others RENAME TO rest", ["others is gone"]),
        ("DROP VIEW seen", ["seen is gone"]),
        ("ALTER TABLE things DROP note", ["things.note is gone"]),
        ("ALTER TABLE things RENAME note TO remark", ["things.note is gone"]),
        (
            "ALTER TABLE things ADD weight int NOT NULL",
            ["things.weight is new, required and has no default"],
        ),
        ("ALTER TABLE things ALTER note SET NOT NULL", ["things.note is required now"]),
        ("ALTER TABLE things ALTER size DROP DEFAULT", ["things.size has lost its default"]),
        (
            "ALTER TABLE things ALTER size TYPE bigint",
            ["things.size was integer, and is bigint"],
        ),
        (
            "ALTER TABLE things ALTER name TYPE varchar(9)",
            ["things.name was character varying, and is character varying(9)"],
        ),
        (
            "ALTER TABLE things ADD CONSTRAINT short CHECK (length(name) < 9)",
            ["the constraint short on things is new or changed"],
        ),
        (
            """ALTER TABLE things DROP CONSTRAINT known_state,
            ADD CONSTRAINT known_state CHECK (state IN ('open', 'closed', 'lost'))""",
            ["the constraint known_state on things is new or changed"],
        ),
        (
            "CREATE UNIQUE INDEX once ON things (name)",
            ["the constraint once on things is new or changed"],
        ),
        (
            "ALTER TABLE things ADD kind int, ADD CONSTRAINT pair UNIQUE (kind, name)",
            ["the constraint pair on things is new or changed"],
        ),
        (
            "CREATE TRIGGER looks BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION look()",
            ["the trigger looks on things is new or changed"],
        ),
    ],
)
def test_what_older_code_would_stumble_over_is_seen(
    scratch: tuple[str, Schema], step: str, lines: list[str]
) -> None:
    url, before = scratch
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute(BEFORE.encode())
        connection.execute(step.encode())

    assert breaches(before, schema(url)) == lines


def test_each_migration_keeps_the_code_before_it_working(server: Embedded) -> None:
    """Or says which is the oldest that does; a CHECK that it only widened, it names as well."""
    url, found = a_database(server, "steps"), {}
    script = ScriptDirectory.from_config(steps.configuration())
    known = list(revisions.KNOWN)
    first = known.index(revisions.FIRST)
    migrations.upgrade(url, known[first - 1])
    before = schema(url)
    for revision in known[first:]:
        migrations.upgrade(url, revision)
        module, after = script.get_revision(revision).module, schema(url)
        widened = {
            f"the {it if it.startswith('trigger ') else f'constraint {it}'} is new or changed"
            for it in getattr(module, "widened", ())
        }
        lines = [it for it in breaches(before, after) if it not in widened]
        if not hasattr(module, "oldest_compatible") and lines:
            found[revision] = lines
        before = after

    assert found == {}


def test_what_a_migration_says_to_be_the_oldest_code_is_older_than_itself() -> None:
    """Code that the step breaks must have been replaced a release before it."""
    known = list(revisions.KNOWN)

    assert all(oldest in known for oldest in revisions.KNOWN.values())
    for revision, oldest in revisions.KNOWN.items():
        said = ScriptDirectory.from_config(steps.configuration()).get_revision(revision)
        if hasattr(said.module, "oldest_compatible"):
            assert known.index(oldest) < known.index(revision)


def previous(folder: Path) -> None:
    """Unpack the version before; skip where the history of this repository is not there."""
    try:
        archive = subprocess.run(  # noqa: S603 - ours
            ["git", "-C", ROOT, "archive", PREVIOUS, "src", "tests", "pyproject.toml"],  # noqa: S607
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        pytest.skip("there is no git to take the previous version with")
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode("utf-8", "replace").strip()
        pytest.skip(f"the previous version is not in the history that is here: {why}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")


def test_the_version_before_reads_and_sells_on_the_newest_tables() -> None:
    with a_folder() as folder:
        previous(folder)
        newer = folder / "tests/newer"
        newer.mkdir()
        (newer / "__init__.py").touch()  # so that its conftest.py does not hide the other
        (newer / "conftest.py").write_text(NEWER_SCHEMA)
        for subject in READING_AND_BUYING:
            shutil.move(folder / f"tests/test_{subject}.py", newer)
        foreign = ("PG_PROGRAMS", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
        environment = {name: it for name, it in os.environ.items() if not name.startswith(foreign)}
        told = subprocess.run(  # noqa: S603 - ours
            [*PYTEST, newer],
            cwd=folder,
            env={
                **environment,
                "PYTHONPATH": str(folder / "src"),
                "TODAY": str(ROOT / "src"),
                "NEWEST": revisions.NEWEST,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert told.returncode == 0, told.stdout
    assert PASSED in told.stdout
