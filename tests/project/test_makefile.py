"""What `make` does when something fails; the programs that it would run are made up."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
RUNS = """#!/bin/sh
echo "${PG_PROGRAMS:-our own} $*" >> "$0.runs"
exit $(sed -n "$(wc -l < "$0.runs")p" "$0.codes")
"""

ON_FIFTEEN = ["OLDEST=/fifteen", "ON_OLDEST=tests/some tests/others"]

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")


def made(place: Path, *codes: int) -> tuple[int, list[str]]:
    """Make `unit` with tests that end with these codes; return its own and what was run."""
    for name in (".uv", ".run", ".dev", ".node"):  # in the order in which they are made
        (place / name).touch()
    fake = place / "fake"
    fake.write_text(RUNS)
    fake.chmod(0o755)
    (place / "fake.codes").write_text("".join(f"{it}\n" for it in codes))
    command = ["make", "unit", f"VENV={place}", f"PYTEST={fake}", *ON_FIFTEEN]
    done = subprocess.run(command, cwd=HERE, capture_output=True, check=False)  # noqa: S603 - ours
    return done.returncode, (place / "fake.runs").read_text().splitlines()


BOTH = ["our own ", "/fifteen tests/some tests/others"]


@pytest.mark.parametrize(
    ("first", "second", "code"), [(0, 0, 0), (1, 0, 2), (0, 1, 2), (1, 1, 2), (3, 0, 2)]
)
def test_each_half_of_the_tests_runs_and_each_failure_counts(
    tmp_path: Path, first: int, second: int, code: int
) -> None:
    assert made(tmp_path, first, second) == (code, BOTH)


def test_who_interrupts_the_first_half_has_stopped_both(tmp_path: Path) -> None:
    assert made(tmp_path, 2, 0) == (2, BOTH[:1])
