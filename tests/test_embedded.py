"""The embedded PostgreSQL, on any path, for as long as somebody uses it."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from nodes import a_folder, environment, eventually, gone, postgres

from trastienda import folder
from trastienda.database.cluster import DatabaseDoesNotStart
from trastienda.database.embedded import Embedded, running

DEBIAN = Path("/usr/lib/postgresql/15/bin")
ANOTHER = """
import pathlib, sys
from trastienda.database.embedded import running
with running(pathlib.Path(sys.argv[1]), durable=False) as it:
    print(it.url, flush=True)
    input()
"""


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with a_folder() as place:
        yield folder.prepare(place / "data")


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Embedded]:
    with running(data, durable=False) as server:
        yield server


def asked(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return (connection.execute(question.encode()).fetchone() or (None,))[0]


def socket_folder(server: Embedded) -> Path:
    query = urlsplit(server.url).query
    return Path(unquote(query.removeprefix("host=").partition("&")[0]))


def test_it_listens_on_a_socket_that_nobody_else_reaches(server: Embedded) -> None:
    place = socket_folder(server)

    assert asked(server.url, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert asked(server.url, "SELECT inet_server_addr()") is None


def test_it_speaks_unicode_sorts_bytes_and_keeps_what_it_commits(server: Embedded) -> None:
    assert asked(server.url, "SHOW server_encoding") == "UTF8"
    assert (
        asked(server.url, "SELECT datcollate FROM pg_database WHERE datname = 'trastienda'") == "C"
    )
    assert asked(server.url, "SHOW timezone") == "UTC"
    assert asked(server.url, "SHOW fsync") == "off"  # in tests alone: the next one has it on


def test_the_shop_is_no_superuser(server: Embedded) -> None:
    mine = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"

    assert asked(server.url, mine) is False
    assert asked(server.superuser_url, mine) is True


def test_nobody_enters_without_being_the_right_user(server: Embedded) -> None:
    stranger = server.url.replace("trastienda@", "pg_monitor@")

    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(stranger)


@pytest.mark.parametrize("name", ["ñandú with space", 'it\'s, "$HOME" `or`', "long" * 50])
def test_any_path_will_do(name: str) -> None:
    with a_folder() as place:
        data = folder.prepare(place / name)
        with running(data) as server:
            path = os.fsencode(socket_folder(server) / ".s.PGSQL.5432")

            assert len(path) <= 107
            assert (data / "postgres/cluster").is_dir()
            assert asked(server.url, "SHOW fsync") == "on"
        assert not postgres(data)


def test_who_leaves_last_stops_it_even_by_being_killed(data: Path, server: Embedded) -> None:
    (postmaster, *_) = postgres(data)
    with a_folder() as place:
        alone = folder.prepare(place / "data")
        for where in (alone, data):
            other = subprocess.Popen(  # noqa: S603 - ours
                [sys.executable, "-c", ANOTHER, where],
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert other.stdout
            assert asked(other.stdout.readline().strip(), "SELECT 1") == 1
            left = postgres(alone)
            other.send_signal(signal.SIGKILL)
            other.communicate()
            eventually(lambda left=left: gone(left), "the server that nobody uses gone")

    assert postmaster.is_running()
    assert asked(server.url, "SELECT 1") == 1


def test_a_server_that_dies_is_started_again() -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with running(data, durable=False) as server:
            (before, *_) = postgres(data)
            before.kill()

            eventually(lambda: postgres(data) and postgres(data)[0] != before, "a new server")
            eventually(lambda: answers(server), "answers again")


def answers(server: Embedded) -> bool:
    try:
        return asked(server.url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_a_power_cut_does_not_block_the_next_start() -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with running(data, durable=False):
            said = (data / "postgres/cluster/postmaster.pid").read_text().splitlines()
        taken_over = "\n".join([str(os.getpid()), *said[1:], ""])
        (data / "postgres/cluster/postmaster.pid").write_text(taken_over)
        (data / "postgres/run/.s.PGSQL.5432.lock").write_text(taken_over)

        with running(data, durable=False) as server:
            assert asked(server.url, "SELECT 1") == 1


def test_a_cluster_of_another_version_is_refused_in_one_line() -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        (data / "postgres/cluster").mkdir(parents=True)
        (data / "postgres/cluster/PG_VERSION").write_text("14\n")

        with pytest.raises(DatabaseDoesNotStart, match=r"was made by PostgreSQL 14, and this is"):
            running(data).__enter__()


@pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_other_programs_than_the_packaged_ones_will_do() -> None:
    with (
        a_folder() as place,
        running(folder.prepare(place / "data"), programs=DEBIAN, durable=False) as server,
    ):
        assert str(asked(server.url, "SHOW server_version")).startswith("15.")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a folder that others cannot enter")
def test_where_its_user_may_not_enter_it_lives_elsewhere_and_says_so() -> None:
    with a_folder() as place:
        place.chmod(0o700)
        data = folder.prepare(place / "data")
        with running(data, durable=False) as server:
            real = (data / "postgres").resolve()

            assert real.parent == Path("/var/lib/trastienda")
            assert server.note == (
                f"The database is kept in {real}: user {real.owner()} may not enter {data}."
            )
            assert stat.S_IMODE(place.stat().st_mode) == 0o700
        with running(data, durable=False) as again:
            assert again.url == server.url
        subprocess.run(["rm", "-r", real], check=True)  # noqa: S603, S607
