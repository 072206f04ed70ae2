"""Tests of one group run in one process, where they share what is dear to start."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from support.analysis.source import ROOT
from support.plugin import LONGEST_FIRST

pytestmark = pytest.mark.once
HOUSE = ROOT.parents[1]
GROUP = re.compile(r'xdist_group\("([\w ]+)"\)')
ALONE = 8
GROUPED = {LONGEST_FIRST[0]: 4, LONGEST_FIRST[1]: 8}
TESTS = f"""
import json
import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def noted(request):
    mark = request.node.get_closest_marker("xdist_group")
    worker = os.environ["PYTEST_XDIST_WORKER"]
    with Path("runs").open("a") as runs:
        runs.write(json.dumps([mark.args[0] if mark else None, worker]) + "\\n")


@pytest.mark.parametrize("number", range({ALONE}))
def test_alone(number):
    pass


@pytest.mark.xdist_group("{LONGEST_FIRST[1]}")
@pytest.mark.parametrize("number", range({GROUPED[LONGEST_FIRST[1]]}))
def test_of_the_second(number):
    pass


@pytest.mark.xdist_group("{LONGEST_FIRST[0]}")
@pytest.mark.parametrize("number", range({GROUPED[LONGEST_FIRST[0]]}))
def test_of_the_first(number):
    pass
"""


def runs(place: Path) -> dict[str, list[str | None]]:
    """Run these tests in two workers, as `make newest` does; return the groups that each ran."""
    (place / "test_them.py").write_text(TESTS)
    (place / "pytest.ini").write_text("[pytest]\nmarkers = xdist_group: a group\n")
    command = "-m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder test_them.py"
    plugins = "-p support.plugin -p no:hypothesispytest -p no:schemathesis -p no:cacheprovider"
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, *command.split(), *plugins.split()],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(HOUSE / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    groups: dict[str, list[str | None]] = {}
    for line in (place / "runs").read_text().splitlines():
        group, worker = json.loads(line)
        groups.setdefault(worker, []).append(group)
    return groups


def test_a_group_has_one_worker_and_the_longest_come_first(tmp_path: Path) -> None:
    first, second = LONGEST_FIRST[:2]

    ran = list(runs(tmp_path).values())

    assert sorted([groups[0] or "" for groups in ran]) == sorted([first, second])
    for groups in ran:
        others = groups.count(None)
        assert groups == [groups[0]] * (len(groups) - others) + [None] * others
    assert sum(map(len, ran)) == sum(GROUPED.values()) + ALONE
    counted = Counter(group for groups in ran for group in groups if group)
    assert counted == GROUPED


def test_every_group_has_a_place_in_the_list() -> None:
    files = (HOUSE / "tests").rglob("test_*.py")
    found = {group: file.name for file in files for group in GROUP.findall(file.read_text("utf-8"))}

    assert {group: file for group, file in found.items() if group not in LONGEST_FIRST} == {}
    assert set(LONGEST_FIRST) <= set(found)
