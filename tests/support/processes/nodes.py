"""Real nodes, started as a person would start them, and what is left when they are gone."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
from support.processes.preloaded import Command
from support.processes.templates import lay_database

PATIENCE = 300.0  # seconds: a machine that tests may be very busy
PORTS = range(20_000, 32_000)
_ports = islice(cycle(PORTS), os.getpid() * 97 % len(PORTS), None)


def eventually(true: Callable[[], object], what: str) -> None:
    """Wait until it holds; fail, saying what did not come, when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


@contextmanager
def a_folder() -> Iterator[Path]:
    """Lend a folder that PostgreSQL's own user may pass: as root, pytest's own does not let it."""
    folder = Path(tempfile.mkdtemp(prefix="trastienda-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """Return a port that nothing takes before it is used.

    It is none of those that the system gives to whoever connects, and this process of tests gets
    others than its neighbours, as it begins at another place.
    """
    return next(port for port in _ports if is_free(port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(**settings: object) -> dict[str, str]:
    """Return ours without its settings, and with these."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TRASTIENDA_")}
    kept.pop("DATABASE_URL", None)
    return kept | {name: str(value) for name, value in settings.items()}


def run(*words: str, **settings: object) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    with tempfile.TemporaryDirectory(prefix="trastienda-test-") as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        code = Command(words, environment(**settings), out, err).wait(PATIENCE)
        said = (out.read_text("utf-8"), err.read_text("utf-8"))
    return subprocess.CompletedProcess(words, code, *said)


class Node:
    """A running `trastienda up`."""

    def __init__(self, data: Path, *options: str, **settings: object) -> None:
        """Start it with the options of `up`; `opened` waits for it."""
        self.data = data
        self.port, self.http_port = free_port(), free_port()
        self.log = Path(tempfile.mkstemp(prefix="node-", suffix=".log", dir=data.parent)[1])
        given = {
            "TRASTIENDA_DATA": data,
            "TRASTIENDA_PORT": self.port,
            "TRASTIENDA_HTTP_PORT": self.http_port,
            "TRASTIENDA_WORKERS": 1,
        }
        self.process = Command(["up", *options], environment(**(given | settings)), self.log)

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    def opened(self) -> "Node":
        def open_or_dead() -> bool:
            return "stop it" in self.said or self.process.poll() is not None

        eventually(open_or_dead, f"open:\n{self.said}")
        assert self.process.poll() is None, self.said
        return self

    def get(self, path: str) -> int:
        trust = ssl.create_default_context(cafile=self.data / "tls/ca.pem")
        url = f"https://localhost:{self.port}{path}"
        return httpx.get(url, verify=trust, timeout=PATIENCE).status_code

    @property
    def database_url(self) -> str:
        return f"postgresql://trastienda@/trastienda?host={quote(str(self.data / 'postgres/run'))}"

    def web_workers(self) -> list[psutil.Process]:
        return forks(self.process.pid)

    def family(self) -> list[psutil.Process]:
        """Return every process that this node has started, the database's included."""
        mine = psutil.Process(self.process.pid).children(recursive=True)
        return [*mine, *postgres(self.data)]

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


def forks(pid: int) -> list[psutil.Process]:
    """Return the children that a process was forked into: they have its command line."""
    parent = psutil.Process(pid)
    return [it for it in parent.children() if command_line(it) == parent.cmdline()]


def command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # or a zombie, which counts as one
        return []


def postgres(data: Path) -> list[psutil.Process]:
    """Return the server that runs on this data folder, with its own children."""
    try:
        pid = int((data / "postgres/cluster/postmaster.pid").read_text().split()[0])
        postmaster = psutil.Process(pid)
        return [postmaster, *postmaster.children(recursive=True)]
    except (FileNotFoundError, IndexError, psutil.NoSuchProcess):  # or half written
        return []


def gone(processes: list[psutil.Process]) -> bool:
    return not any(map(lives, processes))


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it ended between the two questions
        return False


@contextmanager
def nodes(
    count: int = 1,
    *options: str,
    data: str = "data",
    from_nothing: bool = False,
    **settings: object,
) -> Iterator[list[Node]]:
    """Start nodes that share one data folder, all at once, and leave none behind.

    They find an empty database with its tables, unless they are to make it themselves.
    """
    with a_folder() as folder, ExitStack() as ends:
        place, started = folder / data, []
        if not from_nothing:
            lay_database(place)
        ends.callback(eventually, lambda: not postgres(place), "PostgreSQL gone")
        for _ in range(count):
            node = Node(place, *options, **settings)
            ends.callback(_end, node)
            started.append(node)
        yield [node.opened() for node in started]


def _end(node: Node) -> None:
    if node.process.poll() is None:
        node.stop()
