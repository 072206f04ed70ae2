"""What is installed is what was locked, to the byte."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
LOCKS = sorted((HOUSE / "requirements").glob("*.lock"))
OURSELVES = "--no-deps --no-build-isolation -e ."


@pytest.mark.parametrize("lock", LOCKS, ids=lambda it: it.name)
def test_every_requirement_has_one_version_and_its_hashes(lock: Path) -> None:
    whole = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    pinned = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+")

    assert whole
    assert [line for line in whole if not pinned.fullmatch(line.strip())] == []


def test_everything_is_installed_by_its_hash_the_installer_too() -> None:
    lines = (HOUSE / "Makefile").read_text("utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line]

    assert len(installs) >= 3
    assert [it for it in installs if "--require-hashes" not in it and OURSELVES not in it] == []
