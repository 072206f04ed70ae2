"""Why the embedded PostgreSQL cannot run, in the words of the shop's settings and commands."""

from pathlib import Path

import pytest
from support.processes.nodes import a_folder

from trastienda.node import embedded, folder
from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.postgres.errors import About, CannotRunHere
from trastienda.settings import WrongSetting


def test_a_folder_that_cannot_be_used_is_one_line_that_names_the_setting(tmp_path: Path) -> None:
    missing = tmp_path / "missing"

    with pytest.raises(WrongSetting) as refusal, embedded.running(missing):
        pass

    file = missing / "postgres.users"
    assert str(refusal.value) == f"TRASTIENDA_DATA: {file}: No such file or directory"


def test_damaged_files_are_no_wrong_setting() -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        version = data / "postgres/cluster/PG_VERSION"
        version.parent.mkdir(parents=True)

        with pytest.raises(DatabaseDoesNotStart) as refusal, embedded.running(data):
            pass

    assert str(refusal.value) == (
        f"{version} is missing, empty or damaged, so other files may be: put a backup into another"
        " TRASTIENDA_DATA with `trastienda restore`"
    )


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (About.FOLDER, "TRASTIENDA_DATA: why"),
        (
            About.USER,
            "DATABASE_URL: why (add it to /etc/passwd, or point DATABASE_URL at a database)",
        ),
        (
            About.CLUSTER,
            "why: put a backup into another TRASTIENDA_DATA with `trastienda restore`",
        ),
        (About.PROGRAMS, "DATABASE_URL: not set, and why"),
    ],
)
def test_each_reason_names_what_mends_it(about: About, told: str) -> None:
    assert embedded.worded(CannotRunHere(about, "why")) == told
