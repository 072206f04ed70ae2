"""Make a backup while the database is in use, and restore one completely or not at all."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from io import FileIO
from pathlib import Path
from typing import IO, Any, LiteralString, cast

import psycopg
from psycopg import IsolationLevel
from psycopg.sql import SQL, Composed, Identifier, Literal

from trastienda.postgres import archive, folder
from trastienda.postgres.application import Application
from trastienda.postgres.archive import Archive, BackupUnusable, Manifest
from trastienda.postgres.tools import Running, Tools, for_dump, for_restore
from trastienda.system import files

Meter = Callable[[int, int], None]
"""Receives the progress: bytes done, and bytes in all, or 0 if that is unknown."""
Connection = psycopg.Connection[tuple[Any, ...]]

PIECE = 1 << 20  # bytes
GLANCE = 0.05  # seconds between two checks of the connections
LEAVING = 3.0  # seconds for which a closed connection may still be listed
DUMP = ("--format=custom", "--schema=public", "--no-owner", "--no-acl", "--lock-wait-timeout=30s")
RESTORE = ("--no-owner", "--no-acl", "--file=-")
REVISION = SQL("SELECT version_num FROM {table}")
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
"""Settings on which the text of a row depends, and so its hash."""
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
"""The defaults of a new database."""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
NEWEST_SETTING = b"SET transaction_timeout = 0;\n"
"""A line that our programs write and servers before 17 do not accept."""
SEVENTEEN = 170_000
COLUMN_OPTIONS = re.compile(rb"(ALTER TABLE ONLY .+ ALTER COLUMN .+ SET )\((.+)\);\n")
INTERNAL = b"pg_attver="
"""Kept by PostgreSQL with columns since 15.20. Its own pg_dump leaves it out, others write it, and
no server accepts it in a statement."""


def take(application: Application, url: str, path: Path, meter: Meter) -> Manifest:
    """Write everything that is committed now into the file. Raise BackupUnusable if that fails.

    The application's files are read after the database: none is missing as long as files are
    deleted later than the rows that name them.
    """
    target = archive.target(path)
    with psycopg.connect(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        manifest = _counted(application, connection)
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        programs = for_dump(url, manifest.postgresql)
        parts = {archive.DUMP: partial(_dump, programs, str(snapshot), meter)}
        if application.files is not None:
            parts[archive.FILES] = partial(folder.pack, application.files)
        try:
            with files.replacing(target) as draft:
                archive.pack(draft, manifest, parts)
        except OSError as error:
            raise BackupUnusable(f"{path} cannot be written: {error.strerror}") from None
    return manifest


def _counted(application: Application, connection: Connection) -> Manifest:
    connection.execute(STEADY)
    names = [name for (name,) in connection.execute(TABLES)]
    if application.revision_table not in names:
        raise BackupUnusable(f"there is no {application.content} in this database")
    tables = {
        name: connection.execute(SUM.format(table=Identifier(name))).fetchone() or (0, "0")
        for name in names
    }
    applied = REVISION.format(table=Identifier(application.revision_table))
    (revision,) = connection.execute(applied).fetchone() or ("",)
    return Manifest(
        application=application.name,
        version=application.version,
        revision=str(revision),
        postgresql=connection.info.server_version,
        taken_at=datetime.now(UTC),
        tables={name: (int(count), str(hashes)) for name, (count, hashes) in tables.items()},
    )


def _dump(programs: Tools, snapshot: str, meter: Meter, file: FileIO) -> None:
    """Use a pipe: into a file, pg_dump would write offsets of tables relative to *our* file."""
    done = 0
    with programs.run(
        "pg_dump", f"--snapshot={snapshot}", *DUMP, stdout=subprocess.PIPE
    ) as dumping:
        for piece in iter(partial(_stdout(dumping).read, PIECE), b""):
            archive.write(file, piece)
            done += len(piece)
            meter(done, 0)
        dumping.finished()


def put_back(
    application: Application, url: str, path: Path, meter: Meter, *, replace: bool
) -> Manifest:
    """Restore the database from the file, and bring it up to date.

    Everything happens in one transaction, which ends by checking every table against the manifest:
    after a crash or a refusal, the database is as it was. The files beside it are written before,
    under names that nothing else has.
    """
    with archive.opened(path, application) as backup:
        manifest = backup.manifest
        if not application.is_known(manifest.revision):
            raise BackupUnusable(f"{path} was made by a newer version of {application.name}")
        with psycopg.connect(url, autocommit=True) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", [application.migration_lock])
            _refuse(application, guard, manifest, replace=replace)
            _unpack(backup, application.files)
            programs = for_restore(url, manifest.postgresql)
            _pour(programs, backup, meter, guard.info.server_version)
            guard.execute("ANALYZE")
    application.upgrade(url)
    return manifest


def _unpack(backup: Archive, target: Path | None) -> None:
    if backup.files_begin is None or target is None:
        return
    backup.file.seek(backup.files_begin)
    try:
        folder.unpack(backup.file, target)
    except OSError as error:
        raise BackupUnusable(
            f"{target} cannot be written: {error.strerror}: the database was not changed"
        ) from None
    backup.file.seek(backup.begin)


def _refuse(
    application: Application, guard: Connection, manifest: Manifest, *, replace: bool
) -> None:
    where, content = application.database, application.content
    made, here = manifest.postgresql // 10_000, guard.info.server_version // 10_000
    if here < made:
        raise BackupUnusable(
            f"the backup was made by PostgreSQL {made}, and this is {here}: nothing was changed"
        )
    if not replace and guard.execute(TABLES).fetchone():
        raise BackupUnusable(
            f"{where} holds a {content} already: --replace puts the backup in its place"
        )
    deadline = time.monotonic() + LEAVING
    while others := _number(guard, OTHERS):
        if time.monotonic() > deadline:
            raise BackupUnusable(
                f"{where} is in use ({others} connections): stop the {content} first"
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
            for line in _definitions(source):
                target.write(line)
            _copy(source, target, backup, meter)
            reader.finished()
            target.write(_verdict(backup.manifest))
            target.close()
        except BrokenPipeError:  # it has died, and its error says why
            raise writer.failure() from None
        writer.finished()


def _stdout(program: Running) -> IO[bytes]:
    return cast("IO[bytes]", program.process.stdout)


def _stdin(program: Running) -> IO[bytes]:
    return cast("IO[bytes]", program.process.stdin)


def _preamble(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the settings at the start, up to the one that is always there."""
    for line in source:
        yield line
        if line.startswith(b"SELECT pg_catalog.set_config"):
            return


def _definitions(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the definitions of tables, up to the first rows, without what no server accepts."""
    for line in source:
        if found := COLUMN_OPTIONS.fullmatch(line):
            kept = [it for it in found[2].split(b", ") if not it.startswith(INTERNAL)]
            if kept:
                yield b"%s(%s);\n" % (found[1], b", ".join(kept))
            continue
        yield line
        if line.startswith(b"COPY "):
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
