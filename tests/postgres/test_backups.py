"""A backup is taken while the shop is open, and put back whole or not at all."""

import os
import stat
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import psycopg
import pytest
from httpx import AsyncClient
from support.applications import TEMPLATE
from support.processes.nodes import eventually, gone, run
from support.products import an_order

from trastienda.commands.backups import SHOP
from trastienda.database import migrations
from trastienda.postgres import archive, backups, folder
from trastienda.postgres.archive import BackupUnusable
from trastienda.postgres.embedded import Embedded
from trastienda.postgres.tools import for_dump, for_restore

pytestmark = pytest.mark.xdist_group("backups")

BOOKS = """
SELECT (SELECT count(*) FROM products), (SELECT count(*) FROM orders),
    (SELECT sum(on_hand) FROM stock), (SELECT sum(reserved) FROM stock),
    (SELECT sum(on_hand) FROM stock_movements), (SELECT sum(reserved) FROM stock_movements),
    (SELECT array_agg(number ORDER BY number) FROM orders)
"""
BALLAST = "CREATE TABLE ballast AS SELECT n, md5(n::text) FROM generate_series(1, 100000) AS n"
"""Enough that a dump does not fit into the buffers between two programs."""


def unmoved(done: int, total: int) -> None:
    pass


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def a_database(server: Embedded, database_url: str) -> Iterator[Callable[..., str]]:
    """Lend new databases with nothing in them, or copied from the one with a shop's tables."""
    made = []

    def make(template: str = "template1") -> str:
        name, how = f"backup_{uuid4().hex}", f"OWNER trastienda TEMPLATE {template}"
        execute(server.superuser_url, f"CREATE DATABASE {name} {how}")
        made.append(name)
        return server.url.replace("/trastienda?", f"/{name}?")

    yield make
    for name in made:
        execute(server.superuser_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def another(a_database: Callable[..., str]) -> str:
    """Return a database with another shop in it, which nobody has used."""
    url = a_database(TEMPLATE)
    execute(url, "CREATE TABLE here_before ()")
    return url


@pytest.fixture
def heavy(a_database: Callable[..., str], tmp_path: Path) -> Path:
    """Return a backup that takes a moment to restore."""
    url, file = a_database(TEMPLATE), tmp_path / "heavy.backup"
    execute(url, BALLAST)
    backups.take(SHOP, url, file, unmoved)
    return file


async def test_what_is_put_back_is_what_was_there(
    staff: AsyncClient,
    buyer: AsyncClient,
    database_url: str,
    a_database: Callable[..., str],
    tmp_path: Path,
) -> None:
    file, target = tmp_path / "shop.backup", a_database()
    await an_order(staff, buyer)

    taken = backups.take(SHOP, database_url, file, unmoved)
    put_back = backups.put_back(SHOP, target, file, unmoved, replace=False)

    assert put_back == taken
    books = execute(database_url, BOOKS)
    assert execute(target, BOOKS) == books
    assert books[0][2:4] == books[0][4:6]
    assert taken.tables["products"][0] == books[0][0] != 0
    assert migrations.missing(target) == []
    again = tmp_path / "again.backup"
    assert backups.take(SHOP, target, again, unmoved).tables == taken.tables


def test_only_we_may_read_it_and_tar_does_without_us(another: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    file.write_text("an older one")
    file.chmod(0o644)

    backups.take(SHOP, another, file, unmoved)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [it.name for it in tmp_path.iterdir()] == ["shop.backup"]
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path, filter="data")
    summed = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, check=False)  # noqa: S607
    assert summed.returncode == 0


def test_the_files_that_rows_name_are_kept_and_put_back_with_them(
    another: str, tmp_path: Path
) -> None:
    files, target, file = tmp_path / "files", tmp_path / "target", tmp_path / "shop.backup"
    (files / "pictures").mkdir(parents=True)
    (files / "pictures/a.webp").write_bytes(b"a picture")
    (files / "pictures/b.webp#1").write_bytes(b"still being written")
    (files / "secret").symlink_to("/etc/hostname")
    (target / "pictures").mkdir(parents=True)
    (target / "pictures/c.webp").write_bytes(b"of the shop before")

    backups.take(replace(SHOP, files=files), another, file, unmoved)
    backups.put_back(SHOP, another, file, unmoved, replace=True)
    backups.put_back(replace(SHOP, files=target), another, file, unmoved, replace=True)

    put_back = {it.name: it.read_bytes() for it in target.rglob("*") if it.is_file()}
    assert put_back == {"a.webp": b"a picture", "c.webp": b"of the shop before"}


def test_files_that_cannot_be_written_leave_the_database_as_it_was(
    another: str, tmp_path: Path
) -> None:
    files, file, target = tmp_path / "files", tmp_path / "shop.backup", tmp_path / "target"
    files.mkdir()
    (files / "a.webp").write_bytes(b"a picture")
    backups.take(replace(SHOP, files=files), another, file, unmoved)
    execute(another, "CREATE TABLE later ()")
    target.write_text("no folder")

    with pytest.raises(BackupUnusable, match=r"target cannot be written: .*was not changed"):
        backups.put_back(replace(SHOP, files=target), another, file, unmoved, replace=True)

    assert execute(another, "SELECT to_regclass('later')::text") == [("later",)]


def test_no_file_of_a_backup_leads_out_of_its_folder(tmp_path: Path) -> None:
    file, target = tmp_path / "files.tar", tmp_path / "inside" / "target"
    with tarfile.open(file, "w") as tar:
        for name in ("../out", "/out", "a/../../out"):
            info = tarfile.TarInfo(name)
            info.size = 3
            tar.addfile(info, BytesIO(b"out"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(link)

    with FileIO(file) as opened:
        folder.unpack(opened, target)

    assert [it.name for it in tmp_path.rglob("*") if it.is_file()] == ["files.tar"]


def test_a_shop_that_is_there_is_replaced_only_when_asked(another: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    backups.take(SHOP, another, file, unmoved)
    execute(another, "CREATE TABLE later ()")

    with pytest.raises(BackupUnusable, match=r"^the database holds a shop already: --replace"):
        backups.put_back(SHOP, another, file, unmoved, replace=False)
    assert execute(another, "SELECT to_regclass('later')::text") == [("later",)]
    backups.put_back(SHOP, another, file, unmoved, replace=True)

    assert execute(another, "SELECT to_regclass('later')::text") == [(None,)]
    assert execute(another, "SELECT to_regclass('here_before')::text") == [("here_before",)]
    query = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'"
    assert execute(another, query) == [("pg_database_owner",)]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def ended_early(content: bytes) -> bytes:
    return content[:-2_000]


def turned(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def other(content: bytes) -> bytes:
    return b"PGDMP" + content[600:]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (cut, "is cut short or damaged"),
        (ended_early, "is cut short or damaged"),
        (turned, "is cut short or damaged"),
        (other, "is no backup of a shop"),
        (lambda _: b"", "is no backup of a shop"),
    ],
)
def test_a_file_that_is_not_whole_changes_nothing(
    another: str, tmp_path: Path, harm: Callable[[bytes], bytes], told: str
) -> None:
    file = tmp_path / "shop.backup"
    backups.take(SHOP, another, file, unmoved)
    file.write_bytes(harm(file.read_bytes()))

    with pytest.raises(BackupUnusable) as refusal:
        backups.put_back(SHOP, another, file, unmoved, replace=True)

    assert str(refusal.value) == f"{file} {told}: nothing was changed"
    assert execute(another, "SELECT to_regclass('here_before')::text") == [("here_before",)]


@pytest.mark.parametrize("victim", ["pg_restore", "psql"])
def test_a_program_killed_in_the_middle_changes_nothing(
    another: str, heavy: Path, victim: str
) -> None:
    killed: list[psutil.Process] = []

    def kill(done: int, total: int) -> None:
        for it in [] if killed else psutil.Process().children():
            if it.name() == victim:
                assert done < total
                it.kill()
                eventually(partial(gone, [it]), "dead")
                killed.append(it)

    with pytest.raises(
        BackupUnusable, match=f"^{victim} failed, and nothing was changed: it ended"
    ):
        backups.put_back(SHOP, another, heavy, kill, replace=True)

    assert len(killed) == 1
    assert execute(another, "SELECT to_regclass('here_before')::text") == [("here_before",)]
    assert execute(another, "SELECT to_regclass('ballast')::text") == [(None,)]


def test_a_table_that_is_not_as_it_was_undoes_the_whole(another: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    trigger = """
    CREATE FUNCTION forget() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN IF to_regclass('public.here_before') IS NOT NULL THEN
        INSERT INTO public.here_before DEFAULT VALUES; END IF; END $$
    """
    backups.take(SHOP, another, file, unmoved)
    superuser = another.replace("trastienda@", "postgres@")
    execute(superuser, "CREATE SCHEMA theirs")
    execute(superuser, trigger.replace("forget", "theirs.forget"))
    execute(
        superuser,
        "CREATE EVENT TRIGGER forgetful ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
        " EXECUTE FUNCTION theirs.forget()",
    )

    with pytest.raises(BackupUnusable, match="the table here_before is not as it was"):
        backups.put_back(SHOP, another, file, unmoved, replace=True)

    assert execute(another, "SELECT count(*) FROM here_before") == [(0,)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"postgresql": 990_000}, r"^the backup was made by PostgreSQL 99, and this is \d\d:"),
        ({"revision": "9999"}, r"was made by a newer version of trastienda$"),
        ({"format": 2}, r"was made by a newer version of trastienda: nothing was changed$"),
    ],
)
def test_a_backup_from_the_future_is_refused(
    another: str, tmp_path: Path, facts: dict[str, Any], told: str
) -> None:
    file = tmp_path / "shop.backup"
    taken = backups.take(SHOP, another, file, unmoved)
    archive.pack(file, replace(taken, **facts), {archive.DUMP: lambda _: None})

    with pytest.raises(BackupUnusable, match=told):
        backups.put_back(SHOP, another, file, unmoved, replace=True)

    assert execute(another, "SELECT to_regclass('here_before')::text") == [("here_before",)]


def test_a_shop_that_is_open_is_not_replaced(another: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    backups.take(SHOP, another, file, unmoved)

    with (
        psycopg.connect(another),
        pytest.raises(BackupUnusable, match=r"in use \(1 connections\): stop the shop first"),
    ):
        backups.put_back(SHOP, another, file, unmoved, replace=True)


def test_a_server_newer_than_every_program_is_one_line() -> None:
    with pytest.raises(BackupUnusable, match=r"^this is PostgreSQL 99, and pg_dump is 18: put"):
        for_dump("postgresql:///shop", 990_000)
    with pytest.raises(BackupUnusable, match=r"made by PostgreSQL 99, and pg_restore is 18: put"):
        for_restore("postgresql:///shop", 990_000)


@pytest.mark.parametrize(("make", "kind"), [(Path.mkdir, "folder"), (os.mkfifo, "device or pipe")])
def test_only_a_plain_file_is_written_or_read(
    another: str, tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    target = tmp_path / "target"
    make(target)
    before = target.stat()

    with pytest.raises(BackupUnusable) as of_taking:
        backups.take(SHOP, another, target, unmoved)
    with pytest.raises(BackupUnusable) as of_restoring:
        backups.put_back(SHOP, another, target, unmoved, replace=True)

    assert str(of_taking.value) == f"{target} is a {kind}: name a file, which may be a new one"
    assert str(of_restoring.value) == (
        f"{target} is a {kind}: name the file that `trastienda backup` wrote"
    )
    assert target.stat() == before
    assert [*tmp_path.iterdir()] == [target]


def test_a_link_stays_a_link_to_the_newest_backup(another: str, tmp_path: Path) -> None:
    link, file = tmp_path / "newest", tmp_path / "shop.backup"
    link.symlink_to(file)

    backups.take(SHOP, another, link, unmoved)

    assert link.readlink() == file
    with archive.opened(file, SHOP) as backup:
        assert backup.manifest.rows > 0


@pytest.mark.once  # the tests above run each statement
def test_both_commands_are_typed_as_the_help_says(
    another: str, a_database: Callable[..., str], tmp_path: Path
) -> None:
    file, target = tmp_path / "shop.backup", a_database()
    data = {"TRASTIENDA_DATA": tmp_path / "data"}

    taken = run("backup", str(file), DATABASE_URL=another, **data)
    put_back = run("restore", str(file), DATABASE_URL=target, **data)
    refused = run("restore", str(file), DATABASE_URL=target, **data)

    assert (taken.returncode, taken.stdout) == (0, ""), taken.stderr
    size = f"{file.stat().st_size:,} bytes."
    assert taken.stderr.splitlines()[0].endswith(size)
    assert "$TRASTIENDA_DATA/secret" in taken.stderr
    assert (put_back.returncode, put_back.stdout) == (0, ""), put_back.stderr
    first, last = put_back.stderr.splitlines()
    told = psycopg.conninfo.conninfo_to_dict(target)
    name = f"the database {told['dbname']} on {told['host']}, port 5432 (DATABASE_URL)"
    assert first == f"Restoring into {name}."
    assert last.endswith("each as it was.")
    assert refused.returncode == 1
    assert refused.stderr == (
        f"{first}\n{name} holds a shop already: --replace puts the backup in its place\n"
    )
    eventually(lambda: execute(target, BOOKS), "the books")
