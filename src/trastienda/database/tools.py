"""PostgreSQL's own programs for dumping and restoring, and how they are run."""

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

from trastienda.database.archive import BackupUnusable
from trastienda.database.places import packaged
from trastienda.settings import WrongSetting


@dataclass(frozen=True)
class Running:
    """A program at work, and what it complains about."""

    name: str
    process: "subprocess.Popen[bytes]"
    complaints: IO[bytes]

    def finished(self) -> None:
        """Wait for its end; raise BackupUnusable with its own reason when it failed."""
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
        """Start a program that knows the database; it does not outlive the block.

        The password goes through the environment: everybody may read a command line.
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


def tools(url: str, server: int) -> Tools:
    """Find programs that know this server: the packaged ones, or newer ones on the PATH.

    `server` is as the server counts: 180006 is 18.6.
    """
    newest = 0
    for folder in _folders():
        version = _major(folder)
        if version >= server // 10_000:
            return Tools(folder, url)
        newest = max(newest, version)
    raise BackupUnusable(
        f"DATABASE_URL: this is PostgreSQL {server // 10_000}, and pg_dump is {newest}: put"
        " programs as new as the server on the PATH"
    )


def _folders() -> Iterator[Path]:
    with suppress(WrongSetting):
        yield packaged()
    if found := shutil.which("pg_dump"):
        yield Path(found).parent


def _major(folder: Path) -> int:
    command = [str(folder / "pg_dump"), "--version"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - ours
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
