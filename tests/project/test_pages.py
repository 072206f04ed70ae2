"""What the pages in docs/ name exists, and the receivers they print receive."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
import typer
from standardwebhooks import Webhook
from support.analysis.descriptions import DOCUMENT, ERRORS
from support.processes.nodes import eventually, free_port

from trastienda.cli import app
from trastienda.database.models.accounts.user import SCOPES
from trastienda.services.events.types import CATALOGUE
from trastienda.settings import Settings
from trastienda.titles import kind

ROOT = Path(__file__).parents[2]
NODE = ROOT / "tests" / "node"
PAGES = [
    ROOT / "README.md",
    ROOT / "README.es.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
CALL = re.compile(r"""\b(GET|POST|PUT|PATCH|DELETE) (?=/v1|/health|…/)([^\s`?"]+)""")
CALLS = [
    (method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods
]
SETTINGS = {field.encode_name for field in msgspec.structs.fields(Settings)}
SECRET = "whsec_" + "c2VjcmV0" * 6
RUN = {"python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}


def text(page: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8")


def printed(page: str, language: str) -> str:
    """Give the program that a page prints in a language."""
    (program,) = re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.DOTALL | re.MULTILINE)
    return str(program)


@contextmanager
def receiver(language: str, inbox: Path) -> Iterator[str]:
    """Run what the page prints; give its address."""
    if language == "js" and not (shutil.which("node") and (NODE / "node_modules").exists()):
        pytest.skip("`make .venv/.node` installs what Node needs")
    port = free_port()
    env = os.environ | {"SECRET": SECRET, "INBOX": str(inbox), "PORT": str(port)}
    command = [*RUN[language], printed("webhooks.md", language)]
    process = subprocess.Popen(command, env=env, cwd=NODE, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        eventually(lambda: process.poll() is not None or answers(port), "a receiver")
        assert process.poll() is None
        yield f"http://127.0.0.1:{port}/hooks/shop"
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as it:
        return it.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("language", RUN)
def test_the_printed_receiver_takes_what_is_signed_once_and_nothing_else(
    language: str, tmp_path: Path
) -> None:
    body = json.dumps({"id": "019ab3f2", "data": {"name": "Año"}})
    now = datetime.now(UTC)

    def headers(signed: str, at: datetime) -> dict[str, str]:
        return {
            "webhook-id": "019ab3f2",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": f"v1,bm8= {Webhook(SECRET).sign('019ab3f2', at, signed)}",
        }

    def post(at: datetime, signed: str = body) -> int:
        return httpx.post(
            url, content=body.encode(), headers=headers(signed, at), timeout=60
        ).status_code

    with receiver(language, tmp_path) as url:
        assert [post(now), post(now)] == [204, 204]
        assert post(now, body + " ") == 400
        assert post(now - timedelta(minutes=6)) == 400
        assert httpx.post(url, content=body.encode(), timeout=60).status_code == 400
        (file,) = tmp_path.glob("*.*")
        assert json.loads(file.read_text("utf-8")) == json.loads(body)
        file.rename(tmp_path / "done" / file.name)
        assert post(now) == 204
        assert list(tmp_path.glob("*.*")) == []


def is_there(method: str, address: str) -> bool:
    """Say whether the API has a call that a page names, perhaps by the end of its path only."""
    named = [part for part in address.split("/") if part]
    whole = named[0] != "…"
    named = named if whole else named[1:]
    for verb, path in CALLS:
        parts = path.strip("/").split("/")
        rest = parts if whole else parts[-len(named) :]
        fits = zip(named, rest, strict=False)
        same = len(named) == len(rest) and all(
            "{" in real or (real == it and "{" not in it) for it, real in fits
        )
        if verb == method and same:
            return True
    return False


@every_page
def test_every_call_that_a_page_names_is_there(page: Path) -> None:
    named = CALL.findall(page.read_text("utf-8"))

    assert [it for it in named if not is_there(*it)] == []


@every_page
def test_every_setting_problem_and_event_that_a_page_names_is_there(page: Path) -> None:
    said = page.read_text("utf-8")
    settings = re.findall(r"\b(?:TRASTIENDA|DATABASE)_[A-Z_]+[A-Z]\b", said)
    problems = re.findall(r"/problems/[a-z-]+", said)

    assert set(settings) - SETTINGS == set()
    assert set(problems) - {kind(it) for it in ERRORS} == set()


def commands(of: typer.Typer) -> set[str]:
    return {str(it.name or getattr(it.callback, "__name__", "")) for it in of.registered_commands}


@every_page
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    groups = {it.name: commands(it.typer_instance or app) for it in app.registered_groups}
    said = page.read_text("utf-8")

    for words in re.findall(r"(?:^\$ |`|bin/)trastienda ([a-z][a-z ]*)", said, re.MULTILINE):
        first, second = [*words.split(), ""][:2]
        assert first in commands(app) or second in groups.get(first, set()), words


def test_operations_lists_every_scope() -> None:
    scopes = re.findall(r"`([a-z_]+\.[a-z]+)`", text("operations.md"))

    assert [f"docs/operations.md lacks {it}" for it in SCOPES if it not in scopes] == []
    assert set(scopes) == SCOPES


def test_events_lists_every_type() -> None:
    page = text("events.md")
    written = {name.partition(".")[0] for name in CATALOGUE if name.endswith(".created")}

    for name in CATALOGUE:
        stem, _, what = name.partition(".")
        written_by_staff = stem in written and what in {"created", "changed", "deleted"}
        assert f"`{name}`" in page or (written_by_staff and f"`{stem}`" in page), (
            f"docs/events.md lacks {name}"
        )
