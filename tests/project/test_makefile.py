"""What `make` does when something fails; the programs that it would run are made up."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
RUNS = """#!/bin/sh
half="${PG_PROGRAMS:+second}"
echo "${PG_PROGRAMS:-our own} $*" >> "$0.runs"
exit "$(cat "$0.${half:-first}")"
"""

ON_FIFTEEN = ["OLDEST=/fifteen", "ON_OLDEST=tests/some tests/others"]

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")


def made(place: Path, first: int, second: int) -> tuple[int, list[str], str]:
    """Make `unit` with halves that end with these codes; return its own, what was run and said."""
    for name in (".uv", ".run", ".dev", ".node"):  # in the order in which they are made
        (place / name).touch()
    fake = place / "fake"
    fake.write_text(RUNS)
    fake.chmod(0o755)
    (place / "fake.first").write_text(str(first))
    (place / "fake.second").write_text(str(second))
    command = ["make", "unit", f"VENV={place}", f"PYTEST={fake}", *ON_FIFTEEN]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return done.returncode, sorted((place / "fake.runs").read_text().splitlines()), done.stdout


@pytest.mark.parametrize(
    ("first", "second", "code"), [(0, 0, 0), (1, 0, 2), (0, 1, 2), (1, 1, 2), (2, 0, 2)]
)
def test_each_half_of_the_tests_runs_and_each_failure_counts(
    tmp_path: Path, first: int, second: int, code: int
) -> None:
    ended, runs, said = made(tmp_path, first, second)

    assert (ended, runs) == (code, ["/fifteen -n 1 tests/some tests/others", "our own -n 2"])
    assert "on PostgreSQL 15, what depends on the server:" in said
