"""Processes that die, on purpose and not, and what must be gone afterwards."""

import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import psycopg
import pytest
from nodes import Node, a_folder, eventually, free_port, gone, is_free, nodes, postgres, run


@pytest.fixture(scope="module")
def shop() -> Iterator[Node]:
    """Lend a node that the tests below wound, but do not stop."""
    with nodes() as (node,):
        yield node


def named(node: Node, word: str) -> list[psutil.Process]:
    """Return the node's own children whose command says the word."""
    return [it for it in psutil.Process(node.process.pid).children() if word in command(it)]


def command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # or a zombie, which counts as one
        return ""


def test_nodes_share_a_database_until_the_last_one_is_stopped_or_killed() -> None:
    with nodes(2) as (first, second):
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
        assert len(named(node, "trastienda up")) == 2
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
        *("the shop", "the API", "try it", "trust it", "stop it"),
    ]


@pytest.mark.parametrize("who", ["trastienda.jobs", "trastienda.redirects", "trastienda up"])
def test_a_child_that_dies_is_started_again(shop: Node, who: str) -> None:
    (before,) = named(shop, who)

    before.kill()

    eventually(lambda: [it for it in named(shop, who) if it != before], f"a new {who}")
    eventually(lambda: shop.process.poll() is None and not is_free(shop.http_port), "the ports")


def test_the_plain_port_only_sends_to_https(shop: Node) -> None:
    eventually(lambda: not is_free(shop.http_port), "the plain port")
    url = f"http://localhost:{shop.http_port}/v1/products?limit=3"

    answer = httpx.post(url, content=b"x" * 100_000)

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
        (b"GET //evil HTTP/1.0\r\nHost: [::1]:80\r\n\r\n", 308),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    ],
)
def test_the_plain_port_reads_strictly(shop: Node, head: bytes, status: int) -> None:
    eventually(lambda: not is_free(shop.http_port), "the plain port")
    with socket.create_connection(("127.0.0.1", shop.http_port), timeout=10) as plain:
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


def test_the_doctor_names_the_remedy_of_each_fault() -> None:
    with a_folder() as folder:
        (folder / "secret").write_text("open to all")
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
