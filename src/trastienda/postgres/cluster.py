"""A PostgreSQL cluster of our own: creating, starting, finding and stopping it."""

import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from trastienda.postgres.errors import About, CannotRunHere
from trastienda.postgres.places import SOCKET, Account, socket_folder
from trastienda.system import files

PATIENCE = 60  # seconds to start, or to stop
GLANCE = 0.02  # seconds between two checks of a process that is not our child
NOBODY = str(2**31 - 1)  # a number that no process has
SOCKET_LINE, STATUS_LINE = 4, 7  # lines of postmaster.pid, from 0
ROLE = "trastienda"
"""Owns the database of the same name and is not a superuser; `postgres` is one."""

CONFIGURATION = """\
# Written by trastienda at each start. Your own lines go into custom.conf, beside this file.
listen_addresses = ''
port = 5432
unix_socket_directories = {sockets}
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
random_page_cost = 1.1
max_wal_size = 1GB
wal_compression = on
jit = off
timezone = UTC
log_timezone = UTC
datestyle = 'iso, ymd'
lc_messages = C
default_text_search_config = 'pg_catalog.simple'
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_error_verbosity = terse # the details of a violated constraint hold personal data
log_min_error_statement = panic # and so do statements
"""
CARELESS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
CUSTOM = "include_if_exists = 'custom.conf'\n"
CREATE = f"CREATE ROLE {ROLE} LOGIN\nCREATE DATABASE {ROLE} OWNER {ROLE}\n"


FULL = ("No space left on device", "Check free disk space", "Disk quota exceeded")


class DatabaseDoesNotStart(Exception):
    """The embedded PostgreSQL cannot be created, started or stopped; the text is one line."""


@dataclass(frozen=True)
class Cluster:
    """A cluster in a folder of its own, run by the programs in `programs`."""

    home: Path
    who: Account
    programs: Path
    version: int
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "cluster"

    def create(self) -> None:
        """Create the cluster completely, or not at all, if it is missing."""
        if self.data.exists():
            self._refuse_another_version()
            return
        draft = self.home / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        self._run("initdb", "-D", draft, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "peer")
        self._run("postgres", "--single", "-D", draft, "postgres", text=CREATE)
        draft.rename(self.data)
        files.sync(self.home)  # after a power cut it must not be a draft again

    def _refuse_another_version(self) -> None:
        file = self.data / "PG_VERSION"
        try:
            made_by = int(file.read_text().split(".")[0])
        except (FileNotFoundError, ValueError):
            reason = f"{file} is missing, empty or damaged, so other files may be"
            raise CannotRunHere(About.CLUSTER, reason) from None
        if made_by != self.version:
            raise DatabaseDoesNotStart(
                f"the database in {self.data} was made by PostgreSQL {made_by}, and this is"
                f" {self.version}: dump it with the old one and restore it"
            )

    @property
    def log(self) -> Path:
        """The server's output until its own logging starts."""
        return self.home / "start.log"

    def prepare(self) -> bool:
        """Write what a server needs to start; return False if one is running or starting."""
        deadline = time.monotonic() + PATIENCE
        while self.postmaster() is not None and time.monotonic() < deadline:
            if self.accepts():
                return False
            time.sleep(GLANCE)
        self._refuse_an_empty_pidfile()
        self._forget_a_number_taken_over()
        sockets = socket_folder(self.home, self.who)
        for stale in (sockets / SOCKET, sockets / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        self._configure(sockets)
        self.log.unlink(missing_ok=True)
        return True

    def ready(self) -> bool:
        """Say whether the server reports that it accepts connections."""
        lines = self._pidfile()
        said = lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else ""
        return said == "ready" and self.postmaster() is not None

    def why_not(self) -> str:
        """Return in one line why the server has not started."""
        said = self.log.read_text("utf-8", "replace").split() if self.log.exists() else []
        return self._reason("PostgreSQL does not start", " ".join(said[-40:]) or "no reason given")

    def join(self) -> None:
        """Wait for the server that another node has started, possibly in another container."""
        deadline = time.monotonic() + PATIENCE
        while not self.accepts():
            if time.monotonic() > deadline:
                raise DatabaseDoesNotStart(f"another node's PostgreSQL in {self.data} is silent")
            time.sleep(GLANCE)

    def accepts(self) -> bool:
        """Say whether a server listens; a process id means nothing across containers."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.fsencode(self.sockets() / SOCKET))
            except OSError:
                return False
        return True

    def _refuse_an_empty_pidfile(self) -> None:
        """Refuse: only a person can tell whether a server without a process id still runs."""
        file = self.data / "postmaster.pid"
        if file.exists() and not file.read_bytes().strip():
            raise DatabaseDoesNotStart(
                f"{file} is empty, as a power cut may leave it: see that no PostgreSQL runs on this"
                f" folder, `rm {file}`, and start again"
            )

    def _forget_a_number_taken_over(self) -> None:
        """Clear the process id in postmaster.pid if another process has it after a power cut.

        PostgreSQL would refuse to start. Only the id is removed: by the rest of the file, the
        server detects whether processes of the old one still use the data.
        """
        lines = self._pidfile()
        if lines and lines[0].isdigit() and Path("/proc", lines[0]).exists():
            text = "\n".join([NOBODY, *lines[1:], ""])
            files.write(self.data / "postmaster.pid", text, owner=self.who.uid)

    def _configure(self, sockets: Path) -> None:
        ours = {self.who.uid: self.who.name, os.geteuid(): "root" if os.geteuid() == 0 else None}
        users = sorted({name for name in ours.values() if name})
        written = {
            "postgresql.conf": CONFIGURATION.format(sockets=_listed(sockets))
            + ("" if self.durable else CARELESS)
            + CUSTOM,
            "pg_hba.conf": "local all all peer map=shop\n",
            "pg_ident.conf": "".join(
                f'shop "{user}" "{role}"\n' for user in users for role in (ROLE, "postgres")
            ),
        }
        for name, text in written.items():
            files.write(self.data / name, text, owner=self.who.uid)

    def _run(self, program: str, *arguments: object, text: str = "", cwd: Path = Path("/")) -> None:
        answer = self.who.run(self.programs / program, *arguments, text=text, cwd=cwd)
        if answer.returncode != 0:
            said = " ".join((answer.stderr or answer.stdout).split()) or "no reason given"
            raise DatabaseDoesNotStart(self._reason(f"{program} failed", said))

    def _reason(self, failure: str, said: str) -> str:
        """Return in one line what failed and why, and the remedy if it is known."""
        if any(sign in said for sign in FULL):
            return f"the disk is full: make room in {self.home}, then start again"
        return f"{failure}: {said}"

    def _pidfile(self) -> list[str]:
        """Read the server's pid file; the line numbers are PostgreSQL's."""
        try:
            return (self.data / "postmaster.pid").read_text("utf-8", "surrogateescape").splitlines()
        except FileNotFoundError:
            return []

    def postmaster(self) -> int | None:
        """Return the server's process, or None if none runs on this cluster."""
        lines = self._pidfile()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        return pid if pid and _serves(pid, self.data) else None

    def stop(self) -> None:
        """Close all connections and stop with everything written, for a quick next start."""
        sockets = self.sockets()
        self._stop()
        if not sockets.is_relative_to(self.home):
            with suppress(OSError):
                sockets.rmdir()

    def _stop(self) -> None:
        for force in (signal.SIGINT, signal.SIGQUIT):
            pid = self.postmaster()
            if pid is None:
                return
            os.kill(pid, force)
            deadline = time.monotonic() + PATIENCE / 2
            while self.postmaster() == pid and time.monotonic() < deadline:
                time.sleep(GLANCE)
        if self.postmaster() is not None:
            raise DatabaseDoesNotStart(f"PostgreSQL in {self.data} does not stop")

    def sockets(self) -> Path:
        """Return the folder of the socket: the running server's own, if there is one."""
        lines = self._pidfile()
        told = lines[SOCKET_LINE] if len(lines) > SOCKET_LINE else ""
        return Path(told) if told else socket_folder(self.home, self.who)

    def url(self, role: str = ROLE, database: str = ROLE) -> str:
        """Return the URL of the database, independent of PGPORT and similar variables."""
        host = quote(os.fsencode(self.sockets()), safe="/")
        return f"postgresql://{role}@/{database}?host={host}&port=5432"


def _listed(sockets: Path) -> str:
    """Quote a folder for a setting that is a list of names inside a string."""
    name = str(sockets).replace('"', '""')
    text = f'"{name}"'.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'"


def _serves(pid: int, data: Path) -> bool:
    """Say whether `pid` is the server of this cluster, and not another process with a reused id."""
    proc = Path("/proc") / str(pid)
    if Path("/proc/self").exists():
        try:
            works_here = (proc / "cwd").samefile(data)
            return works_here and "State:\tZ" not in (proc / "status").read_text()
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
