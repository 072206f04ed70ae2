"""One PostgreSQL of our own: made, started, found running, stopped."""

import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from trastienda import folder
from trastienda.database.places import SOCKET, Account, socket_folder

PATIENCE = 60  # seconds to start, or to stop
GLANCE = 0.02  # seconds between two looks at a process that is not our child
NOBODY = str(2**31 - 1)  # no process has this number
SOCKET_LINE = 4  # of postmaster.pid, from 0
ROLE = "trastienda"
"""Owns the shop's database and is no superuser; `postgres` is."""

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


class DatabaseDoesNotStart(Exception):
    """The embedded PostgreSQL cannot be made, started or stopped; the text is one line."""


@dataclass(frozen=True)
class Cluster:
    """A cluster in a folder of its own, used by the programs in `programs`."""

    home: Path
    who: Account
    programs: Path
    version: int
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "cluster"

    def create(self) -> None:
        """Make the cluster if it is missing: whole, or not at all."""
        if self.data.exists():
            self._refuse_another_version()
            return
        draft = self.home / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        self._run("initdb", "-D", draft, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "peer")
        self._run("postgres", "--single", "-D", draft, "postgres", text=CREATE)
        draft.rename(self.data)

    def _refuse_another_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text().split(".")[0])
        if made_by != self.version:
            raise DatabaseDoesNotStart(
                f"the database in {self.data} was made by PostgreSQL {made_by}, and this is"
                f" {self.version}: dump it with the old one and restore it"
            )

    def start(self) -> None:
        """Start the server, unless one runs already; wait for one that comes up or goes down."""
        deadline = time.monotonic() + PATIENCE
        while self.postmaster() is not None and time.monotonic() < deadline:
            if self.accepts():
                return
            time.sleep(GLANCE)
        self._forget_a_number_taken_over()
        sockets = socket_folder(self.home, self.who)
        for stale in (sockets / SOCKET, sockets / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        self._configure(sockets)
        (self.home / "start.log").unlink(missing_ok=True)
        # relative, because pg_ctl puts these paths into a shell command, and quotes them badly
        self._run(
            "pg_ctl",
            "start",
            "-s",
            "-w",
            "-t",
            PATIENCE,
            "-D",
            ".",
            "-l",
            "../start.log",
            cwd=self.data,
        )

    def join(self) -> None:
        """Wait for the server that another node keeps, which may be in another container."""
        deadline = time.monotonic() + PATIENCE
        while not self.accepts():
            if time.monotonic() > deadline:
                raise DatabaseDoesNotStart(f"another node's PostgreSQL in {self.data} is silent")
            time.sleep(GLANCE)

    def accepts(self) -> bool:
        """Say whether a server listens; a process' number would not tell across containers."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.fsencode(self.sockets() / SOCKET))
            except OSError:
                return False
        return True

    def _forget_a_number_taken_over(self) -> None:
        """After a power cut, postmaster.pid may name a process that has nothing to do with us.

        PostgreSQL would refuse to start. Only the number goes: by the rest of the file it sees
        whether processes of the old server are still at work on the files.
        """
        lines = self._pidfile()
        if lines and lines[0].isdigit() and Path("/proc", lines[0]).exists():
            text = "\n".join([NOBODY, *lines[1:], ""])
            folder.write(self.data / "postmaster.pid", text, owner=self.who.uid)

    def _configure(self, sockets: Path) -> None:
        ours = {self.who.uid: self.who.name, os.geteuid(): "root" if os.geteuid() == 0 else None}
        users = sorted({name for name in ours.values() if name})
        files = {
            "postgresql.conf": CONFIGURATION.format(sockets=_listed(sockets))
            + ("" if self.durable else CARELESS)
            + CUSTOM,
            "pg_hba.conf": "local all all peer map=shop\n",
            "pg_ident.conf": "".join(
                f'shop "{user}" "{role}"\n' for user in users for role in (ROLE, "postgres")
            ),
        }
        for name, text in files.items():
            folder.write(self.data / name, text, owner=self.who.uid)

    def _run(self, program: str, *arguments: object, text: str = "", cwd: Path = Path("/")) -> None:
        answer = self.who.run(self.programs / program, *arguments, text=text, cwd=cwd)
        if answer.returncode != 0:
            said = " ".join((answer.stderr or answer.stdout).split()) or "no reason given"
            log = self.home / "start.log"
            if program == "pg_ctl" and log.exists():
                said = f"{' '.join(log.read_text('utf-8', 'replace').split()[-40:])} ({said})"
            raise DatabaseDoesNotStart(f"{program} failed: {said}")

    def _pidfile(self) -> list[str]:
        """Read what the server says of itself; the line numbers are PostgreSQL's."""
        try:
            return (self.data / "postmaster.pid").read_text("utf-8", "surrogateescape").splitlines()
        except FileNotFoundError:
            return []

    def postmaster(self) -> int | None:
        """Return the server's process, or None when none runs on this cluster."""
        lines = self._pidfile()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        return pid if pid and _serves(pid, self.data) else None

    def stop(self) -> None:
        """End every connection and stop, with everything written: the next start is quick."""
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
        """Return the folder of the socket: by the running server's own word, when there is one."""
        lines = self._pidfile()
        told = lines[SOCKET_LINE] if len(lines) > SOCKET_LINE else ""
        return Path(told) if told else socket_folder(self.home, self.who)

    def url(self, role: str = ROLE, database: str = ROLE) -> str:
        """Say how to connect, whatever PGPORT and its like say."""
        host = quote(os.fsencode(self.sockets()), safe="/")
        return f"postgresql://{role}@/{database}?host={host}&port=5432"


def _listed(sockets: Path) -> str:
    """Quote a folder for a setting that is a list of names inside a string."""
    name = str(sockets).replace('"', '""')
    text = f'"{name}"'.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'"


def _serves(pid: int, data: Path) -> bool:
    """Say whether `pid` is the server of this cluster, and not a newcomer with an old number."""
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
