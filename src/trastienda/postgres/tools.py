"""PostgreSQL's programs for dumping and restoring, and how they are run."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from trastienda.postgres.archive import BackupUnusable
from trastienda.postgres.errors import CannotRunHere
from trastienda.postgres.places import packaged

SYSTEM = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
)
"""Where Debian, Red Hat and Homebrew install the programs of each version."""


@dataclass(frozen=True)
class Running:
    """A running program, and its error output."""

    name: str
    process: "subprocess.Popen[bytes]"
    complaints: IO[bytes]

    def finished(self) -> None:
        """Wait for its end. Raise BackupUnusable with its own message if it failed."""
        if self.process.wait() != 0:
            raise self.failure()

    def failure(self) -> BackupUnusable:
        self.process.wait()
        return BackupUnusable(f"{self.name} failed, and nothing was changed: {self._reason()}")

    def _reason(self) -> str:
        self.complaints.seek(0)
        lines = self.complaints.read().decode("utf-8", "replace").splitlines()
        telling = [it for it in lines if "error:" in it.lower()] or lines[-1:]
        return telling[0].partition("rror:")[2].strip() or telling[0] if telling else self._ended()

    def _ended(self) -> str:
        return f"it ended with {self.process.returncode}"


@dataclass(frozen=True)
class Tools:
    """The programs in one folder, for one database."""

    folder: Path
    url: str

    @contextmanager
    def run(self, name: str, *arguments: str, **streams: Any) -> Iterator[Running]:  # noqa: ANN401
        """Start a program with access to the database; it does not outlive the block.

        The password is passed in the environment, because everybody may read a command line.
        """
        told = {name: str(it) for name, it in conninfo_to_dict(self.url).items() if it is not None}
        environment = {**os.environ, "LC_ALL": "C"}
        if password := told.pop("password", None):
            environment["PGPASSWORD"] = password
        where = [] if name == "pg_restore" else ["--dbname", make_conninfo(**told)]
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(  # noqa: S603 - ours
                [self.folder / name, *arguments, *where],
                env=environment,
                stderr=complaints,
                **streams,
            )
            try:
                yield Running(name, process, complaints)
            finally:
                process.kill()
                process.wait()
                for pipe in (process.stdin, process.stdout):
                    with suppress(BrokenPipeError):
                        if pipe:
                            pipe.close()


def for_dump(url: str, server: int) -> Tools:
    """Find programs of the server's major version, or else of the next newer one.

    The server's catalogue may contain things that only programs of its own version leave out.
    `server` is a version number: 180006 is 18.6.
    """
    wanted = server // 10_000
    found = _found()
    if fit := [it for it in found if it[0] >= wanted]:
        return Tools(min(fit, key=_major)[1], url)
    newest = max((version for version, _ in found), default=0)
    raise BackupUnusable(
        f"this is PostgreSQL {wanted}, and pg_dump is {newest}: put programs as new as the server"
        " on the PATH"
    )


def for_restore(url: str, made: int) -> Tools:
    """Find the newest programs, which read dumps of older ones. `made` is the dump's server."""
    version, folder = max(_found(), key=_major, default=(0, Path()))
    if version < made // 10_000:
        raise BackupUnusable(
            f"the backup was made by PostgreSQL {made // 10_000}, and pg_restore is {version}: put"
            " programs as new as that on the PATH"
        )
    return Tools(folder, url)


def _major(found: tuple[int, Path]) -> int:
    return found[0]


def _found() -> list[tuple[int, Path]]:
    """Return the folders of programs with their major versions, the most reliable first."""
    versions = [(_version(folder), folder) for folder in dict.fromkeys(_folders())]
    return [it for it in versions if it[0]]


def _folders() -> Iterator[Path]:
    with suppress(CannotRunHere):
        yield packaged()
    for pattern in SYSTEM:
        yield from sorted(Path("/").glob(pattern))
    if found := shutil.which("pg_dump"):
        yield Path(found).parent  # on Debian a script, which chooses a version by itself


def _version(folder: Path) -> int:
    command = [str(folder / "pg_dump"), "--version"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - ours
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
