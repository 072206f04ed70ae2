"""Who is compared: the limit, the shop, and the yardstick, each with a database of its own."""

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import urlsplit, urlunsplit

import psycopg

HERE = Path(__file__).parent
WORKERS = 2
PRODUCTS = 10_000
PATIENCE = 180.0  # seconds to come up, or to go


@dataclass
class Contestant:
    """One server, and how to start it."""

    name: str
    url: str
    database: str
    command: Sequence[str]
    folder: Path
    environment: dict[str, str]
    authority: Path | None = None
    """The certificate authority of an https address."""
    pid: int = field(default=0, init=False)

    def connection(self) -> HTTPConnection:
        """Connect, for preparing and for looking; the load itself is wrk's."""
        host = urlsplit(self.url).netloc
        if self.authority is None:
            return HTTPConnection(host, timeout=PATIENCE)
        context = ssl.create_default_context(cafile=str(self.authority))
        return HTTPSConnection(host, timeout=PATIENCE, context=context)

    def ask(self, method: str, path: str, body: str | None = None) -> bytes:
        """Ask once; anything but success ends the whole run."""
        connection = self.connection()
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 300:  # noqa: PLR2004 - HTTP's first status that is not success
            raise SystemExit(f"{self.name}: {method} {path} → {answer.status} {text[:300]!r}")
        return text


def call(folder: Path, environment: dict[str, str], *command: str) -> None:
    """Run a program to its end; its failure ends the whole run."""
    subprocess.run(command, cwd=folder, env=environment, check=True)  # noqa: S603


def environment(**values: str) -> dict[str, str]:
    """Return ours without settings of the shop that may happen to be set, and with `values`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TRASTIENDA_", "DATABASE_"))}
    return kept | values


def another_database(superuser_url: str, name: str) -> str:
    """Make an empty database on the same server and return its URL."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return urlunsplit(urlsplit(superuser_url)._replace(path=f"/{name}"))


def the_shop(url: str, data: Path, port: int, version: Path | None = None) -> Contestant:
    """Migrate and seed the shop, everything on but limits: all buyers come from one address.

    `version` is the folder of another version of the shop, which is called "before" then. It runs
    with our libraries.
    """
    settings = environment(
        DATABASE_URL=url,
        TRASTIENDA_DATA=str(data),
        TRASTIENDA_ENV="production",
        TRASTIENDA_PUBLIC_URL=f"https://localhost:{port}",
        TRASTIENDA_PORT=str(port),
        TRASTIENDA_HTTP_PORT="0",
        TRASTIENDA_WORKERS=str(WORKERS),
        TRASTIENDA_RATE_LIMITS="off",
    )
    if version is not None:
        settings["PYTHONPATH"] = str(version.resolve() / "src")
    program = [sys.executable, "-m", "trastienda"]
    call(HERE, settings, *program, "migrate")
    call(HERE, settings, *program, "seed", "--products", str(PRODUCTS))
    address, authority = f"https://localhost:{port}", data / "tls" / "ca.pem"
    name = "ours" if version is None else "before"
    return Contestant(name, address, url, [*program, "serve"], HERE, settings, authority)


def the_limit(url: str, data: Path, port: int) -> Contestant:
    """Fill the limit's tables; its certificate and its server's options are the shop's."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((HERE / "limit" / "schema.sql").read_bytes())
        connection.execute("VACUUM ANALYZE")
    command = f"""granian --interface asgi --loop uvloop --no-ws --workers {WORKERS}
        --port {port} --ssl-certificate {data}/tls/server.pem --ssl-keyfile {data}/tls/server.key
        --ssl-protocol-min tls1.2 --workers-kill-timeout 20 --log-level error app:app"""
    program = [sys.executable, "-m", *command.split()]
    address, authority = f"https://localhost:{port}", data / "tls" / "ca.pem"
    where, settings = HERE / "limit", environment(DATABASE_URL=url)
    return Contestant("limit", address, url, program, where, settings, authority)


def the_yardstick(url: str, source: Path, work: Path, port: int) -> Contestant:
    """Install and seed the yardstick in a copy of its folder."""
    copytree(source, work, dirs_exist_ok=True, ignore=ignore_patterns("node_modules"))
    settings = environment(
        DATABASE_URL=url, PORT=str(port), WORKERS=str(WORKERS), NODE_ENV="production"
    )
    call(work, settings, "npm", "install", "--silent", "--no-audit", "--no-fund")
    call(work, settings, "npm", "run", "--silent", "seed")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    program = ["node", "src/server.js"]
    return Contestant("yardstick", f"http://127.0.0.1:{port}", url, program, work, settings)


@contextmanager
def running(one: Contestant, log: Path) -> Iterator[Contestant]:
    """Start a server, wait until it answers, and stop it when the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - ours
            one.command, cwd=one.folder, env=one.environment, stdout=output, stderr=output
        )
    one.pid = process.pid
    try:
        _wait(one, process)
        yield one
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(one: Contestant, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            connection = one.connection()
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, HTTPException):
            time.sleep(0.1)  # between two looks; nothing tells from outside
        else:
            return
    raise SystemExit(f"{one.name} does not answer; see its log")
