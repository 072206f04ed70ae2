"""The embedded PostgreSQL, on any path, for as long as somebody uses it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psutil
import psycopg
import pytest
from support.processes.nodes import a_folder, environment, eventually, gone, postgres, run

from trastienda.node import folder
from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.postgres.embedded import Embedded, running

pytestmark = pytest.mark.xdist_group("embedded")

DEBIAN = Path("/usr/lib/postgresql/15/bin")
ANOTHER = """
import pathlib, sys
from trastienda.postgres.embedded import running
with running(pathlib.Path(sys.argv[1]), durable=False) as it:
    print(it.url, flush=True)
    input()
"""


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with a_folder() as place:
        yield folder.prepare(place / "data")


@pytest.fixture(scope="module")
def embedded(data: Path) -> Iterator[Embedded]:
    with running(data, durable=False) as server:
        yield server


def asked(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return (connection.execute(question.encode()).fetchone() or (None,))[0]


def socket_folder(server: Embedded) -> Path:
    query = urlsplit(server.url).query
    return Path(unquote(query.removeprefix("host=").partition("&")[0]))


def test_it_listens_on_a_socket_that_nobody_else_reaches(embedded: Embedded) -> None:
    place = socket_folder(embedded)

    assert asked(embedded.url, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert asked(embedded.url, "SELECT inet_server_addr()") is None


def test_it_speaks_unicode_sorts_bytes_and_keeps_what_it_commits(embedded: Embedded) -> None:
    assert asked(embedded.url, "SHOW server_encoding") == "UTF8"
    assert (
        asked(embedded.url, "SELECT datcollate FROM pg_database WHERE datname = 'trastienda'")
        == "C"
    )
    assert asked(embedded.url, "SHOW timezone") == "UTC"
    assert asked(embedded.url, "SHOW fsync") == "off"  # in tests alone: the next one has it on


def test_the_shop_is_no_superuser(embedded: Embedded) -> None:
    mine = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"

    assert asked(embedded.url, mine) is False
    assert asked(embedded.superuser_url, mine) is True


def test_nobody_enters_without_being_the_right_user(embedded: Embedded) -> None:
    stranger = embedded.url.replace("trastienda@", "pg_monitor@")

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


def test_who_leaves_last_stops_it_even_by_being_killed(data: Path, embedded: Embedded) -> None:
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
            eventually(partial(gone, left), "the server that nobody uses gone")

    assert postmaster.is_running()
    assert asked(embedded.url, "SELECT 1") == 1


def test_a_server_that_dies_is_started_again() -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with running(data, durable=False) as server:
            (before, *_) = postgres(data)
            before.kill()

            eventually(lambda: {*postgres(data)[:1]} - {before}, "a new server")
            eventually(lambda: answers(server.url), "answers again")


def keepers(parent: int) -> list[psutil.Process]:
    return [
        it
        for it in psutil.Process(parent).children()
        if it.is_running() and it.status() != psutil.STATUS_ZOMBIE
    ]


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """Lend a folder with a database that nobody runs."""
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with running(data, durable=False):
            pass
        yield data


def test_a_keeper_that_is_killed_is_replaced_and_the_server_goes_on(stopped: Path) -> None:
    with a_parent(stopped) as (parent, url, data):
        (keeper,) = keepers(parent.pid)
        (before, *_) = postgres(data)
        keeper.kill()
        eventually(lambda: set(keepers(parent.pid)) - {keeper}, "another keeper")

        assert asked(url, "SELECT 1") == 1
        assert postgres(data)[0] == before

        (second,) = keepers(parent.pid)
        second.kill()
        before.kill()
        eventually(lambda: set(postgres(data)[:1]) - {before}, "a new server")
        eventually(lambda: answers(url), "answers again")


@pytest.mark.parametrize("guarded", [True, False])
def test_no_server_outlives_a_parent_that_is_killed_with_its_keeper(
    stopped: Path, *, guarded: bool
) -> None:
    """And with the guard above the server: on Linux the kernel itself tells the server to stop."""
    with a_parent(stopped) as (parent, _, data):
        (keeper,) = keepers(parent.pid)
        server = postgres(data)
        guard = server[0].parent()
        assert guard is not None
        family = [*server, guard, keeper]
        parent.send_signal(signal.SIGSTOP)  # it starts no other keeper
        keeper.kill()
        if not guarded:
            guard.kill()
        parent.kill()

        eventually(lambda: gone(family), f"gone: {family}")


@contextmanager
def a_parent(data: Path) -> Iterator[tuple["subprocess.Popen[str]", str, Path]]:
    """Run the embedded database below a process of its own; give its URL and its folder too."""
    with subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-c", ANOTHER, data],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout
        yield parent, parent.stdout.readline().strip(), data
    eventually(lambda: not postgres(data), "PostgreSQL gone")


def answers(url: str) -> bool:
    try:
        return asked(url, "SELECT 1") == 1
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


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("PG_VERSION", "is missing, empty or damaged, so other files may be: put a backup into"),
        ("postmaster.pid", "is empty, as a power cut may leave it: see that no PostgreSQL runs on"),
    ],
)
def test_a_file_that_a_power_cut_emptied_is_one_line_with_the_remedy(file: str, told: str) -> None:
    with a_folder() as place:
        data = folder.prepare(place / "data")
        with running(data, durable=False) as server:
            version = str(asked(server.url, "SHOW server_version_num"))[:2]
        cluster = data / "postgres/cluster"
        assert (cluster / "PG_VERSION").read_text() == f"{version}\n"
        (cluster / file).write_text("")

        refused = run("migrate", TRASTIENDA_DATA=data)

        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"the embedded database: {cluster / file} {told}")
        assert refused.stderr.count("\n") == 1
        assert (cluster / file).read_text() == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize(
    ("kilobytes", "told"),
    [
        (8, "The disk is full (No space left on device): make room where TRASTIENDA_DATA is"),
        (400, "the embedded database: the disk is full: make room in "),
        (20_000, "the embedded database: the disk is full: make room in "),
    ],
)
def test_a_start_on_a_full_disk_is_one_line_with_the_remedy(kilobytes: int, told: str) -> None:
    with a_folder() as place:
        disk = place / "disk"
        disk.mkdir()
        options = f"size={kilobytes}k,mode=755"
        mounted = subprocess.run(  # noqa: S603 - the system's
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk],  # noqa: S607
            capture_output=True,
            check=False,
        )
        if mounted.returncode != 0:
            pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
        try:
            if kilobytes < 100:
                fill(disk / "filler")
            refused = run("migrate", TRASTIENDA_DATA=disk / "data")
        finally:
            subprocess.run(["umount", disk], check=True)  # noqa: S603, S607 - as above

        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(told)
        assert refused.stderr.endswith(", then start again\n")
        assert refused.stderr.count("\n") == 1


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(1_000))


@pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_other_programs_than_the_packaged_ones_will_do() -> None:
    with (
        a_folder() as place,
        running(folder.prepare(place / "data"), programs=DEBIAN, durable=False) as server,
    ):
        assert str(asked(server.url, "SHOW server_version")).startswith("15.")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a folder that others cannot enter")
def test_where_its_user_may_not_enter_it_lives_elsewhere_and_says_so() -> None:
    with a_folder() as place, ExitStack() as ends:
        place.chmod(0o700)
        data = folder.prepare(place / "data")
        ends.callback(lambda: shutil.rmtree((data / "postgres").resolve()))
        with running(data, durable=False) as server:
            real = (data / "postgres").resolve()

            assert real.parent == Path("/var/lib/trastienda")
            assert server.note == (
                f"The database is kept in {real}: user {real.owner()} may not enter {data}."
            )
            assert stat.S_IMODE(place.stat().st_mode) == 0o700
        with running(data, durable=False) as again:
            assert again.url == server.url
