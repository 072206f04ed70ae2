"""The commands as people type them, in processes of their own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import typist
from test_letters import a_report

Surroundings = dict[str, str]
Typed = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.once  # test_keys.py, test_users.py, test_letters.py run each statement
KEY = re.compile(r"tk_[0-9a-f]{12}_[\w-]{43}\n")


@pytest.fixture
def surroundings(database_url: str, tmp_path: Path) -> Surroundings:
    return {**os.environ, "DATABASE_URL": database_url, "TRASTIENDA_DATA": str(tmp_path)}


@pytest.fixture
def typed(surroundings: Surroundings) -> Typed:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "trastienda", *words]
        return subprocess.run(  # noqa: S603 - ours
            command,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_a_key_is_printed_alone_then_listed_then_revoked(
    typed: Typed, surroundings: Surroundings
) -> None:
    made = typed("keys", "create", "--name", "erp", "--role", "owner", "--expires-days", "30")
    assert (made.returncode, made.stderr) == (0, "")
    assert KEY.fullmatch(made.stdout)
    prefix = made.stdout.split("_")[1]
    revoked, listed = typist.typed(surroundings, ("keys", "revoke", prefix), ("keys", "list"))
    assert revoked.code == 0
    assert "revoked" in listed.out


def test_a_first_password_is_printed_alone(typed: Typed, database_url: str) -> None:
    added = typed("staff", "add", "Typed@Example.com", "--role", "manager")

    assert (added.returncode, added.stderr) == (0, "")
    assert re.fullmatch(r"[\w-]{20}\n", added.stdout)
    with psycopg.connect(database_url) as connection:
        query = "SELECT role, name FROM users WHERE email = 'typed@example.com'"
        assert connection.execute(query).fetchall() == [("manager", "Typed")]


def test_a_refusal_is_one_line(typed: Typed) -> None:
    refused = typed("staff", "add", "ana")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "The e-mail address cannot be used.\n"


def test_a_report_of_a_mail_server_is_taken_in(surroundings: Surroundings) -> None:
    forged, letter = typist.typed(
        surroundings,
        *[("mail", "bounce")] * 2,
        heard=[a_report(str(uuid4())).decode(), "Subject: Hello\n\nI am no report.\n"],
    )

    assert (forged.code, forged.out) == (0, "0 bounced, 0 suppressed\n")
    assert (letter.code, letter.out) == (1, "")
    assert letter.err == "This is no report of a mail server about a letter (RFC 3464).\n"
