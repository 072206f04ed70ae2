"""What `make test` runs at once, and what it says of it; the programs that it runs are made up.

Each of them waits until those that need not wait for another have begun.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
FAKE = """#!/bin/sh
cd "$(dirname "$0")" || exit 9
case "$(basename "$0"):$PG_PROGRAMS:$*" in
    mypy*) name=types ;;
    ruff* | lint-imports*) name=lint ;;
    pytest:/*) name=oldest ;;
    *test_entity.py) case "$*" in *--ignore*) name=newest ;; *) name=copied ;; esac ;;
esac
echo "$name: $PG_PROGRAMS $*" >> runs
echo "$name says one thing"
touch "$name.begun"
tries=0
while [ $tries -lt 3000 ]; do
    [ -e types.begun ] && [ -e lint.begun ] && [ -e newest.begun ] && [ -e oldest.begun ] && break
    tries=$((tries + 1))
    sleep 0.02
done
[ $tries -lt 3000 ] || exit 9
[ $name != copied ] || [ -e types.ended ] || exit 9
echo "$name says another"
touch "$name.ended"
[ ! -e "$name.fails" ]
"""
STAMPS = (".uv", ".run", ".dev", ".node", "audit/.ready", "clients/.ready", "s3/.ready")
ON_FIFTEEN = ["OLDEST=/fifteen", "ON_OLDEST=tests/some tests/others"]
TOGETHER = {
    "types": "types",
    "lint": "lint",
    "oldest": "on PostgreSQL 15, what depends on the server",
    "copied": "in a copy with one more entity",
}

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not shutil.which("make"), reason="there is no make here"),
]


def made(place: Path, target: str, *options: str, fails: str = "") -> tuple[int, list[str], str]:
    """Make a target, while one of its parts fails; return its code, what was run and said."""
    for name in STAMPS:  # in the order in which they are made
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).touch()
    programs = place / "bin"
    programs.mkdir()
    for name in ("mypy", "ruff", "lint-imports", "pytest"):
        (programs / name).write_text(FAKE)
        (programs / name).chmod(0o755)
    if fails:
        (programs / f"{fails}.fails").touch()
    command = ["make", target, f"VENV={place}", f"PYTEST={programs / 'pytest'}", *options]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    runs = (programs / "runs").read_text().splitlines() if (programs / "runs").exists() else []
    return done.returncode, sorted(runs), done.stdout


def test_all_parts_run_at_once_and_each_speaks_in_one_piece(tmp_path: Path) -> None:
    code, runs, said = made(tmp_path, "test", *ON_FIFTEEN)

    assert code == 0
    assert runs == [
        "copied:  -n 0 tests/project/test_entity.py",
        "lint:  --no-cache",
        "lint:  check .",
        "lint:  format --check .",
        "newest:  -n 3 --ignore tests/project/test_entity.py",
        "oldest: /fifteen -n 1 tests/some tests/others",
        "types:  ",
    ]
    for name, title in TOGETHER.items():
        assert f"\n{title}:\n\n{name} says one thing\n{name} says another\n" in said


@pytest.mark.parametrize("part", ["types", "lint", "newest", "oldest", "copied"])
def test_each_failure_counts_and_the_other_parts_go_on(tmp_path: Path, part: str) -> None:
    code, runs, _ = made(tmp_path, "test", *ON_FIFTEEN, fails=part)

    assert code == 2
    awaited = {"types", "lint", "newest", "oldest"} | ({"copied"} if part != "types" else set())
    assert {line.partition(":")[0] for line in runs} == awaited


def test_without_the_oldest_postgresql_that_is_said(tmp_path: Path) -> None:
    code, runs, said = made(tmp_path, "oldest", "OLDEST=")

    assert (code, runs) == (0, [])
    assert said.startswith("PostgreSQL 15 is not here, so nothing was run on it")
