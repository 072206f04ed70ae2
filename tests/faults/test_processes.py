"""Processes that die, on purpose and not, and what must be gone afterwards."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest
from support.processes.nodes import (
    PATIENCE,
    Node,
    a_folder,
    command_line,
    eventually,
    free_port,
    gone,
    is_free,
    nodes,
    postgres,
    run,
)

from trastienda.database import revisions
from trastienda.node import doctor
from trastienda.postgres.embedded import Embedded
from trastienda.settings import Settings

pytestmark = pytest.mark.xdist_group("processes")
WEB = "web worker"
TOO_NEW = "the database is newer than this version of trastienda"

DOOMED = """
import signal, typer
from trastienda import cli
from trastienda.system.processes import child, stopped_by_signals

@cli.app.command()
def doomed() -> None:
    with stopped_by_signals():
        try:
            with child("job worker", "trastienda.there_is_no_such_module"):
                signal.pause()
        finally:
            print("closed", flush=True)

import sys
sys.argv[1:] = ["doomed"]
cli.main()
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Node]:
    """Lend a node that the tests below wound, but do not stop."""
    with nodes() as (node,):
        yield node


def named(node: Node, word: str) -> list[psutil.Process]:
    """Return the node's own children whose command says the word, or its web workers."""
    if word == WEB:
        return node.web_workers()
    return [
        it
        for it in psutil.Process(node.process.pid).children()
        if word in " ".join(command_line(it))
    ]


def test_nodes_share_a_database_until_the_last_one_is_stopped_or_killed() -> None:
    with nodes(2, from_nothing=True) as (first, second):
        server, leaving = postgres(first.data)[0], named(first, "trastienda")
        assert first.stop(signal.SIGTERM) == 0
        assert gone(leaving)
        assert server.is_running()
        assert second.get("/health/live") == 200

        family = second.family()
        second.stop(signal.SIGKILL)

        eventually(lambda: gone(family), f"gone: {family}")
        assert is_free(second.port)
        assert is_free(second.http_port)


def test_ctrl_c_stops_everything_in_order_and_is_no_error() -> None:
    with nodes(TRASTIENDA_WORKERS=2) as (node,):
        family = node.family()
        assert len(named(node, WEB)) == 2
        assert len(postgres(node.data)) > 1

        assert node.stop(signal.SIGINT) == 0

        assert gone(family)
        assert is_free(node.port)
        assert node.said.rstrip().endswith("Stopped.")
        assert "Traceback" not in node.said


def test_a_request_in_flight_is_finished_before_the_node_stops() -> None:
    with nodes() as (node,), ThreadPoolExecutor() as threads:
        with psycopg.connect(node.database_url) as other, psycopg.connect(node.database_url) as eye:
            other.execute("LOCK TABLE categories IN ACCESS EXCLUSIVE MODE")
            request = threads.submit(node.get, "/v1/categories")
            waiting = "SELECT 1 FROM pg_locks WHERE NOT granted"
            eventually(lambda: eye.execute(waiting).fetchone(), "a request in flight")
            stopping = threads.submit(node.stop, signal.SIGTERM)
            eventually(lambda: is_free(node.port), "no new requests")
            assert not request.done()

        assert request.result() == 200
        assert stopping.result() == 0


def test_nothing_but_the_summary_is_said(shop: Node) -> None:
    said = shop.said.partition("Ctrl-C")[0]
    lines = [line.split("  ")[1:2] for line in said.splitlines() if line]

    assert said.lstrip().startswith("Trastienda is open.")
    assert [word for line in lines for word in line if word] == [
        *("the shop", "the admin", "the API", "try it", "trust it", "stop it"),
    ]


def serves(node: Node) -> bool:
    try:
        return node.get("/health/live") == 200
    except httpx.NetworkError:
        return False


@pytest.mark.parametrize("who", ["trastienda.node.worker", "trastienda.node.redirects", WEB])
def test_a_child_that_dies_is_started_again(shop: Node, who: str) -> None:
    (before,) = named(shop, who)

    before.kill()

    eventually(lambda: [it for it in named(shop, who) if it != before], f"a new {who}")
    eventually(lambda: shop.process.poll() is None and not is_free(shop.http_port), "the ports")
    eventually(lambda: serves(shop), "an answer")


def test_a_child_that_dies_again_and_again_ends_the_node_in_one_line() -> None:
    """It is asked to stop as by a person, so that all that it has opened is closed in order."""
    told = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", DOOMED],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    *before, last = told.stderr.splitlines()
    assert (told.returncode, told.stdout) == (1, "closed\n")
    assert last == "The job worker has died 5 times in a row: exit status 1"
    again = "the job worker has died (exit status 1) and is started again"
    assert [line for line in before if "job worker" in line] == [again] * 4


def test_the_plain_port_only_sends_to_https(shop: Node) -> None:
    eventually(lambda: not is_free(shop.http_port), "the plain port")
    url = f"http://localhost:{shop.http_port}/v1/products?limit=3"

    answer = httpx.post(url, content=b"x" * 100_000, timeout=PATIENCE)

    assert answer.status_code == 308
    assert answer.headers["location"] == f"https://localhost:{shop.port}/v1/products?limit=3"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: shop.evil\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
        (b"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: a\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: a\rb\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: \x7f\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX : a\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost:\t localhost \t\r\n\r\n", 308),
        (b"GET //evil HTTP/1.0\r\nHost: [::1]:80\r\n\r\n", 308),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    ],
)
def test_the_plain_port_reads_strictly(shop: Node, head: bytes, status: int) -> None:
    eventually(lambda: not is_free(shop.http_port), "the plain port")
    with socket.create_connection(("127.0.0.1", shop.http_port), timeout=PATIENCE) as plain:
        plain.sendall(head)
        answer = plain.recv(4_096)

    assert answer.split()[1] == str(status).encode()
    assert b"evil\r\n" not in answer.replace(f":{shop.port}//evil\r\n".encode(), b"")


def test_a_taken_port_is_one_line_that_names_port_and_variable() -> None:
    with a_folder() as folder, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run("up", TRASTIENDA_DATA=folder / "data", TRASTIENDA_PORT=port)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        f"TRASTIENDA_PORT: port {port} on 127.0.0.1 is taken by another program;"
        " choose another port\n"
    )


def test_the_doctor_finds_a_running_shop_well(shop: Node) -> None:
    told = run(
        "doctor",
        TRASTIENDA_DATA=shop.data,
        TRASTIENDA_PORT=shop.port,
        TRASTIENDA_HTTP_PORT=shop.http_port,
    )

    assert told.returncode == 0, told.stdout
    assert f"{shop.port} is served by this shop" in told.stdout
    assert "ok     embedded database: PostgreSQL " in told.stdout


@pytest.mark.parametrize("ours", [True, False])
async def test_the_doctor_looks_again_where_a_port_hangs_up(tmp_path: Path, *, ours: bool) -> None:
    """As a worker does that is being replaced: only an answer tells whose the port is."""
    visits = 0

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal visits
        visits += 1
        if visits > 1:
            await reader.readuntil(b"\r\n\r\n")
            place = "https://localhost:8443/health/live" if ours else "https://example.com/"
            writer.write(f"HTTP/1.1 308 There\r\nLocation: {place}\r\n\r\n".encode())
        writer.close()

    port = free_port()
    async with await asyncio.start_server(meet, "127.0.0.1", port):
        settings = Settings(data=tmp_path, http_port=port)
        found = await asyncio.to_thread(lambda: [str(it) for it in doctor.examine(settings)])

    assert visits == 2
    assert (f"ok     port: {port} is served by this shop" in found) is ours
    assert any(line.endswith(f"-> TRASTIENDA_HTTP_PORT={port + 1}") for line in found) is not ours


def test_the_doctor_names_the_remedy_of_each_fault() -> None:
    with a_folder() as folder:
        (folder / "secret").write_text("open to all, and long enough to use")
        (folder / "secret").chmod(0o644)
        told = run(
            "doctor",
            TRASTIENDA_DATA=folder,
            TRASTIENDA_PORT=free_port(),
            TRASTIENDA_HTTP_PORT=0,
            DATABASE_URL="postgresql://nobody@/nothing?host=/nonexistent",
        )

    wrong = [line for line in told.stdout.splitlines() if line.startswith("wrong")]
    assert told.returncode == 1
    assert len(wrong) == 2
    assert wrong[0].endswith(f"-> chmod 600 {folder}/secret")
    assert wrong[1].endswith("-> start it, or correct DATABASE_URL")


def test_the_doctor_says_what_up_will_do_with_an_empty_database(
    server: Embedded, tmp_path: Path
) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty OWNER trastienda")
    url = server.url.replace("/trastienda?", "/empty?")

    told = run(
        "doctor",
        TRASTIENDA_DATA=tmp_path,
        TRASTIENDA_PORT=free_port(),
        TRASTIENDA_HTTP_PORT=0,
        DATABASE_URL=url,
    )

    assert (told.returncode, told.stderr) == (0, "")
    line = "there are no tables yet; `trastienda up` or `trastienda migrate` makes them"
    assert f"ok     migrations: {line}\n" in told.stdout


@pytest.mark.parametrize(
    ("revision", "note", "finding"),
    [
        (
            "0008",
            None,
            f"wrong  migrations: {{behind}} are missing -> {doctor.BEHIND}",
        ),
        (
            "9999",
            revisions.note(revisions.NEWEST),
            "ok     migrations: ahead of this version, which works with them",
        ),
        (
            "9999",
            None,
            f"wrong  migrations: {TOO_NEW} (revision 9999) -> start the newer version of the shop",
        ),
    ],
)
def test_the_doctor_judges_the_tables_by_what_this_version_works_with(
    server: Embedded, tmp_path: Path, revision: str, note: str | None, finding: str
) -> None:
    name = f"judged_{uuid4().hex}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda".encode())
    url = server.url.replace("/trastienda?", f"/{name}?")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES (%s)", [revision])
        text = psycopg.sql.SQL("COMMENT ON TABLE alembic_version IS {}")
        connection.execute(text.format(psycopg.sql.Literal(note)))
    behind = len(revisions.KNOWN) - list(revisions.KNOWN).index("0008") - 1

    findings = doctor.examine(
        Settings(data=tmp_path, database_url=url, port=free_port(), http_port=0)
    )

    assert any(str(it) == finding.format(behind=behind) for it in findings)
