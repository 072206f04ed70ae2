"""Whether this process runs, and whether it can serve."""

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from httpx import AsyncClient
from support.processes.nodes import PATIENCE

from trastienda.database import revisions
from trastienda.database.db import Database, connected, reading
from trastienda.database.failures import DatabaseAway
from trastienda.middlewares.answers.errors import status_of
from trastienda.services import health
from trastienda.services.health import DatabaseBehind


async def test_a_process_is_live_without_asking_the_database(
    buyer: AsyncClient, statements: list[str]
) -> None:
    answer = await buyer.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert statements == []


async def test_it_is_ready_once_the_database_is_up_to_date(buyer: AsyncClient) -> None:
    answer = await buyer.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.fixture
async def moved(database_url: str) -> AsyncIterator[Callable[[str, str | None], None]]:
    """Lend a way to make the database that of another revision, with a note or without one."""

    def move(revision: str, note: str | None) -> None:
        with psycopg.connect(database_url) as connection:
            connection.execute("UPDATE alembic_version SET version_num = %s", [revision])
            text = psycopg.sql.Literal(note)
            statement = psycopg.sql.SQL("COMMENT ON TABLE alembic_version IS {}")
            connection.execute(statement.format(text))

    yield move
    move(revisions.NEWEST, revisions.note(revisions.NEWEST))


NEWEST, BEFORE = revisions.NEWEST, list(revisions.KNOWN)[-2]


@pytest.mark.parametrize(
    ("revision", "oldest", "status"),
    [
        (NEWEST, NEWEST, 200),
        (NEWEST, None, 200),
        (BEFORE, BEFORE, 503),  # a migration is missing
        ("9999", NEWEST, 200),  # what came since only adds
        ("9999", BEFORE, 200),
        ("9999", "9998", 503),  # something was taken away that this code needs
        ("9999", None, 503),  # nobody knows
    ],
)
async def test_a_node_is_ready_while_its_code_works_with_the_database(
    buyer: AsyncClient,
    moved: Callable[[str, str | None], None],
    revision: str,
    oldest: str | None,
    status: int,
) -> None:
    moved(revision, oldest and revisions.NOTE.format(oldest))

    answer = await buyer.get("/health/ready")

    assert answer.status_code == status
    if status == 503:
        kind = "database-behind" if revision == BEFORE else "database-ahead"
        assert answer.json()["type"] == f"/problems/{kind}"


def test_the_chain_of_revisions_is_the_one_that_alembic_knows() -> None:
    script = ScriptDirectory(str(revisions.VERSIONS.parent))

    assert list(revisions.KNOWN) == [it.revision for it in script.walk_revisions()][::-1]
    assert script.get_current_head() == NEWEST


def test_a_node_knows_its_revision_from_its_start(tmp_path: Path) -> None:
    """The files of a newer version may lie in its folder before it is started again."""
    shutil.copytree(Path(revisions.__file__).parents[1], tmp_path / "trastienda")
    newer = 'revision = "9999"\ndown_revision = "' + NEWEST + '"\n'
    script = (
        "import sys, pathlib; from trastienda.services import health; from trastienda.database"
        " import revisions; assert str(revisions.VERSIONS).startswith(sys.argv[1]);"
        " (revisions.VERSIONS / '9999_newer.py').write_text(sys.argv[2]);"
        " print(revisions.state(sys.argv[3], None).name, list(revisions.chain())[-1])"
    )

    told = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", script, str(tmp_path), newer, NEWEST],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )

    assert told.stdout == "CURRENT 9999\n"


def test_each_step_has_the_oldest_code_that_works_with_it(tmp_path: Path) -> None:
    steps = [
        ("0000", None, None),
        ("0010", "0000", None),
        ("0011", "0010", None),
        ("0012", "0011", "0011"),
        ("0013", "0012", None),
    ]
    for revision, down, oldest in steps:
        lines = [f'revision = "{revision}"', f"down_revision = {down!r}"]
        lines += [f'oldest_compatible = "{oldest}"'] if oldest else []
        (tmp_path / f"{revision}_step.py").write_text("\n".join(lines))

    assert revisions.chain(tmp_path) == {
        "0000": "0010",
        "0010": "0010",
        "0011": "0010",
        "0012": "0011",
        "0013": "0011",
    }


async def test_it_is_not_ready_with_a_database_that_nobody_migrated(database_url: str) -> None:
    elsewhere = psycopg.conninfo.make_conninfo(database_url, options="-c search_path=nowhere")
    async with connected(Database(elsewhere, 1)), reading() as session:
        with pytest.raises(DatabaseBehind):
            await health.migrated(session)

    assert status_of(DatabaseBehind) == status_of(DatabaseAway) == 503
