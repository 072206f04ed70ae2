"""`make entity` writes an entity that passes every check as it is, in a copy of the house."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy2, copytree

import pytest
from support.analysis.source import ROOT
from tools.entity.entity import Unusable, parse

pytestmark = pytest.mark.once
HOUSE = ROOT.parents[1]
BIN = Path(sys.executable).parent
FIELDS = "name:text, email:email, lead_days:int, preferred:bool"
LAYERS = ("routes", "handlers", "controllers", "services", "schemas", "database/models")
NEW = [f"src/trastienda/{layer}/trade_partners" for layer in LAYERS]
LISTS = ["src/trastienda/routes/admin.py", "src/trastienda/services/events/types/shop.py"]
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "src", "tools", "tests/support", "tests/trade_partners"],
    "imports": ["lint-imports", "--no-cache"],
    "types": ["mypy", *NEW, *LISTS],
    "tests": [
        *("python", "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
        *(
            "tests/trade_partners",
            "tests/middlewares/test_titles.py",
            "tests/project/test_pages.py",
        ),
        *("tests/database/test_migrations.py", "tests/events/test_catalogue.py"),
        *("-k", "trade or agree or operations_lists or events_lists"),
    ],
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what belongs to the house, what mypy knows of it, and what Python has compiled.

    The times are copied too, by which compiled files are known to be those of their source.
    """
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=HOUSE, check=True, capture_output=True, text=True)  # noqa: S603
    for name in files.stdout.splitlines():
        if (HOUSE / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(HOUSE / name, tmp_path / name)
    for folder in ("src", "tests", "tools"):
        for compiled in (HOUSE / folder).rglob("__pycache__/*.pyc"):
            copied = tmp_path / compiled.relative_to(HOUSE)
            if copied.parent.parent.is_dir():
                copied.parent.mkdir(exist_ok=True)
                copy2(compiled, copied)
    if (HOUSE / ".mypy_cache").exists():
        copytree(HOUSE / ".mypy_cache", tmp_path / ".mypy_cache")
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """Run one of our tools in the copy; return what it says when it fails."""
    environment = {**os.environ, "PYTHONPATH": f"{copy / 'src'}:{copy}"}
    program = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(  # noqa: S603 - one of our own tools
        program, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_an_entity_is_whole_as_soon_as_it_is_written(copy: Path) -> None:
    names = ["--name", "trade_partner", "--spanish", "la empresa asociada"]
    problems = run(copy, "python", "-m", "tools.entity", *names, "--fields", FIELDS)
    assert problems == ""

    with ThreadPoolExecutor(2) as threads:
        said = threads.map(lambda command: run(copy, *command), CHECKS.values())

    assert dict(zip(CHECKS, said, strict=True)) == dict.fromkeys(CHECKS, "")


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("Supplier", "name:text", "name: 'Supplier'"),
        ("supplier", "", "fields: the first is a text"),
        ("supplier", "days:int", "fields: the first is a text"),
        ("supplier", "name:text, days:float", "fields: days is one of"),
        ("supplier", "name:text, name:text", "fields: name is there already"),
        ("supplier", "name:text, version:int", "fields: version is there already"),
    ],
)
def test_what_no_entity_can_be_made_of_is_named(name: str, fields: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        parse(name, fields)
