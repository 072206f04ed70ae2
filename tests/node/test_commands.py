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
from support.processes import command_lines as typist
from support.servers.mail import a_report

Surroundings = dict[str, str]
Typed = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.once  # test_keys.py, test_users.py, test_sent_mails.py run each statement
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
            timeout=300,
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


def test_staff_are_listed_and_removed(surroundings: Surroundings) -> None:
    email = f"{uuid4().hex[:8]}@example.com"
    added, key, listed, removed, after, again = typist.typed(
        surroundings,
        ("staff", "add", email, "--role", "editor", "--name", "[red]Ana"),
        ("keys", "create", "--name", "hers", "--role", "editor", "--staff", email),
        ("staff", "list"),
        ("staff", "remove", email),
        ("staff", "list"),
        ("staff", "remove", email),
    )

    assert [it.code for it in (added, key, listed, removed, after)] == [0] * 5
    row = next(line for line in listed.out.splitlines() if email in line)
    assert "[red]Ana" in row
    assert "editor" in row
    line = f"{email} is no longer staff, and logged out everywhere; 1 keys are revoked.\n"
    assert (removed.out, removed.err) == ("", line)
    assert email not in after.out
    assert (again.code, again.err) == (1, f"There is no such member of staff. ({email})\n")


def test_staff_are_suspended_reinstated_and_given_another_role(surroundings: Surroundings) -> None:
    email = f"{uuid4().hex[:8]}@example.com"
    _, _, suspended, listed, back, other, wrong = typist.typed(
        surroundings,
        ("staff", "add", email, "--role", "editor"),
        ("keys", "create", "--name", "theirs", "--role", "editor", "--staff", email),
        ("staff", "suspend", email),
        ("staff", "list"),
        ("staff", "reinstate", email),
        ("staff", "role", email, "support"),
        ("staff", "suspend", "nobody@example.com"),
    )

    assert suspended.err.startswith(f"{email} is suspended and logged out everywhere")
    assert "suspended" in next(line for line in listed.out.splitlines() if email in line)
    assert back.err == f"{email} can log in again.\n"
    assert other.err == f"{email} is support now, and logged out everywhere.\n"
    assert (wrong.code, wrong.err) == (
        1,
        "There is no such member of staff. (nobody@example.com)\n",
    )


def test_a_refusal_is_one_line(typed: Typed) -> None:
    refused = typed("staff", "add", "ana")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "No mail can go to this e-mail address.\n"


def test_a_report_of_a_mail_server_is_taken_in(surroundings: Surroundings) -> None:
    forged, mail = typist.typed(
        surroundings,
        *[("mail", "bounce")] * 2,
        heard=[a_report(str(uuid4())).decode(), "Subject: Hello\n\nI am no report.\n"],
    )

    assert (forged.code, forged.out) == (0, "0 bounced, 0 suppressed\n")
    assert (mail.code, mail.out) == (1, "")
    assert mail.err == "This is no report of a mail server about a letter (RFC 3464).\n"
