"""Take a backup while the shop is open, and put one back: whole, or not at all."""

import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from io import FileIO
from pathlib import Path
from typing import IO, Any, LiteralString, cast

import psycopg
from psycopg import IsolationLevel
from psycopg.sql import SQL, Composed, Identifier, Literal

from trastienda import folder
from trastienda.database import archive, migrations
from trastienda.database.archive import Archive, BackupUnusable, Manifest
from trastienda.database.tools import Running, Tools, tools

Meter = Callable[[int, int], None]
"""How far we are: bytes done, and bytes in all, or 0 where nobody knows."""
Connection = psycopg.Connection[tuple[Any, ...]]

PIECE = 1 << 20  # bytes
GLANCE = 0.05  # seconds between two looks at the connections
LEAVING = 3.0  # seconds that a connection which was closed may still be seen
DUMP = ("--format=custom", "--schema=public", "--no-owner", "--no-acl", "--lock-wait-timeout=30s")
RESTORE = ("--no-owner", "--no-acl", "--file=-")
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
STEADY = SQL("""
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;
""")
"""The text of a row depends on these, and its hash on the text."""
SUM = SQL("""
SELECT count(*), coalesce(sum(
    ('x' || left(encode(sha256(convert_to(it::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint
), 0)::text FROM public.{table} AS it
""")
CHECK = SQL("""
IF (SELECT (n, hashes) IS DISTINCT FROM ({count}::bigint, {hashes}::text)
    FROM ({sum}) AS now (n, hashes))
THEN
    RAISE EXCEPTION 'the table % is not as it was', {name};
END IF;
""")
BEGIN = b"""
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '30s';
DROP SCHEMA public CASCADE;
"""
SETTLE = SQL("""
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
""")
"""As a new database has it."""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
NEWEST_SETTING = b"SET transaction_timeout = 0;\n"
"""Our programs say it, and servers before 17 do not know it."""
SEVENTEEN = 170_000


def take(url: str, path: Path, meter: Meter) -> Manifest:
    """Write everything that is committed now into the file; raise BackupUnusable when it fails."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest = _counted(connection)
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        programs = tools(url, manifest.postgresql)
        dump = partial(_dump, programs, str(snapshot), meter)
        try:
            with folder.replacing(path) as draft:
                archive.pack(draft, manifest, dump)
        except OSError as error:
            raise BackupUnusable(f"{path} cannot be written: {error.strerror}") from None
    return manifest


def _counted(connection: Connection) -> Manifest:
    connection.execute(STEADY)
    names = [name for (name,) in connection.execute(TABLES)]
    if "alembic_version" not in names:
        raise BackupUnusable("there is no shop in this database")
    tables = {
        name: connection.execute(SUM.format(table=Identifier(name))).fetchone() or (0, "0")
        for name in names
    }
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    return Manifest(
        trastienda=version("trastienda"),
        revision=str(revision),
        postgresql=connection.info.server_version,
        taken_at=datetime.now(UTC),
        tables={name: (int(count), str(hashes)) for name, (count, hashes) in tables.items()},
    )


def _dump(programs: Tools, snapshot: str, meter: Meter, file: FileIO) -> None:
    """Through a pipe: into a file, pg_dump would write where in *our* file each table begins."""
    done = 0
    with programs.run("pg_dump", f"--snapshot={snapshot}", *DUMP, stdout=subprocess.PIPE) as it:
        for piece in iter(partial(_stdout(it).read, PIECE), b""):
            archive.write(file, piece)
            done += len(piece)
            meter(done, 0)
        it.finished()


def put_back(url: str, path: Path, meter: Meter, *, replace: bool) -> Manifest:
    """Make the database what the file says, and bring it up to date.

    Everything happens in one transaction, which ends by holding every table against the manifest:
    whoever dies in the middle, and whatever is refused, the database is as it was.
    """
    with archive.opened(path) as backup:
        manifest = backup.manifest
        if not migrations.known(manifest.revision):
            raise BackupUnusable(f"{path} was made by a newer version of trastienda")
        with psycopg.connect(url, autocommit=True) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", [migrations.LOCK])  # no node starts now
            _refuse(guard, manifest, replace=replace)
            server = guard.info.server_version
            _pour(tools(url, server), backup, meter, server)
            guard.execute("ANALYZE")
    migrations.upgrade(url)
    return manifest


def _refuse(guard: Connection, manifest: Manifest, *, replace: bool) -> None:
    made, here = manifest.postgresql // 10_000, guard.info.server_version // 10_000
    if here < made:
        raise BackupUnusable(
            f"the backup was made by PostgreSQL {made}, and this is {here}: nothing was changed"
        )
    if not replace and guard.execute(TABLES).fetchone():
        raise BackupUnusable(
            "the database holds a shop already: --replace puts the backup in its place"
        )
    deadline = time.monotonic() + LEAVING
    while others := _number(guard, OTHERS):
        if time.monotonic() > deadline:
            raise BackupUnusable(
                f"the database is in use ({others} connections): stop the shop first"
            )
        time.sleep(GLANCE)


def _number(connection: Connection, question: LiteralString) -> int:
    return int((connection.execute(question).fetchone() or (0,))[0])


def _pour(programs: Tools, backup: Archive, meter: Meter, server: int) -> None:
    quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    reading = {"stdin": backup.file, "stdout": subprocess.PIPE}
    with (
        programs.run("psql", *quiet, **pipes) as writer,
        programs.run("pg_restore", *RESTORE, **reading) as reader,
    ):
        source, target = _stdout(reader), _stdin(writer)
        try:
            target.write(BEGIN)
            for line in _preamble(source):
                target.write(line if server >= SEVENTEEN or line != NEWEST_SETTING else b"\n")
            _copy(source, target, backup, meter)
            reader.finished()
            target.write(_verdict(backup.manifest))
            target.close()
        except BrokenPipeError:  # it has died, and says why
            raise writer.failure() from None
        writer.finished()


def _stdout(program: Running) -> IO[bytes]:
    return cast("IO[bytes]", program.process.stdout)


def _stdin(program: Running) -> IO[bytes]:
    return cast("IO[bytes]", program.process.stdin)


def _preamble(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the settings that come first, up to the one that is always there."""
    for line in source:
        yield line
        if line.startswith(b"SELECT pg_catalog.set_config"):
            return


def _copy(source: IO[bytes], target: IO[bytes], backup: Archive, meter: Meter) -> None:
    while piece := source.read(PIECE):
        target.write(piece)
        meter(backup.file.tell() - backup.begin, backup.size)


def _verdict(manifest: Manifest) -> bytes:
    checks = [_check(name, *facts) for name, facts in manifest.tables.items()]
    body = SQL("BEGIN {checks} END").format(checks=SQL("").join(checks)).as_string(None)
    whole = SQL("{settle} {steady} DO {body}; COMMIT;").format(
        settle=SETTLE, steady=STEADY, body=Literal(body)
    )
    return whole.as_bytes(None)


def _check(name: str, count: int, hashes: str) -> Composed:
    return CHECK.format(
        sum=SUM.format(table=Identifier(name)),
        count=Literal(count),
        hashes=Literal(hashes),
        name=Literal(name),
    )
