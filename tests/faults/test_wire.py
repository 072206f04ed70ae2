"""What comes over the wire to a real node, and what clients meet when it stops."""

import asyncio
import json
import signal
import socket
import ssl
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPSConnection
from itertools import count
from typing import Any, NamedTuple

import pytest
from support.processes.nodes import PATIENCE, Node, nodes

from trastienda.node.draining import CLOSE, Draining

pytestmark = pytest.mark.xdist_group("processes")

QUOTES = b"[" * 33 + b'"' + b'\\"' * 20_000
"""40 kB that a regular expression read for ten seconds."""
ATTACKERS = 4
MOST_TRIES = 10
"""A machine that is busy makes some slower than others, and never all of them."""
LINES = "/v1/carts/none/lines"  # where nobody is told to come less often
POST = (
    b"POST /v1/carts HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
CLIENTS = 16
THINKS = 0.2  # seconds between two requests, in which most of the connections are idle


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with nodes() as (node,):
        yield node


def trust(node: Node) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=node.data / "tls/ca.pem")


def a_connection(node: Node) -> HTTPSConnection:
    return HTTPSConnection("localhost", node.port, context=trust(node), timeout=PATIENCE)


def ask(node: Node, said: bytes) -> tuple[int, dict[str, str], bytes]:
    """Say it as it is, and return status, headers and body once the server has hung up."""
    plain = socket.create_connection(("127.0.0.1", node.port), PATIENCE)
    with trust(node).wrap_socket(plain, server_hostname="localhost") as connection:
        connection.sendall(said)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def seconds_to_live(node: Node) -> float:
    began = time.perf_counter()
    assert node.get("/health/live") == 200
    return time.perf_counter() - began


class Visit(NamedTuple):
    """What a client met on one connection."""

    statuses: list[int]
    ended: str


def visit(node: Node, begun: threading.Barrier) -> Visit:
    """Ask again and again on one connection, until it is said that it closes."""
    connection = a_connection(node)
    statuses: list[int] = []
    for turn in count():
        if turn == 2:
            begun.wait(PATIENCE)
        try:
            connection.request("GET", "/v1/categories")
            answer = connection.getresponse()
            answer.read()
        except OSError as error:
            return Visit(statuses, repr(error))
        statuses.append(answer.status)
        if answer.getheader("connection") == "close":
            connection.close()
            return Visit(statuses, "told")
        time.sleep(THINKS)
    raise AssertionError


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}XX0\r\n\r\n",
        b"2\n{}\r\n0\r\n\r\n",
        b"-2\r\n{}\r\n0\r\n\r\n",
        b"ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    ],
)
def test_malformed_chunks_are_answered_as_everything_else(node: Node, chunks: bytes) -> None:
    status, headers, body = ask(node, POST % node.port + chunks)

    told = json.loads(body)
    assert (status, told["type"]) == (400, "/problems/broken-chunks")
    assert headers["content-type"] == "application/problem+json"
    assert headers["x-request-id"] == told["instance"]
    assert headers["x-content-type-options"] == "nosniff"


def test_others_are_answered_while_hostile_bodies_arrive(node: Node) -> None:
    """Each of them silenced a worker for ten seconds."""
    slow = max(0.1, 10 * statistics.median(seconds_to_live(node) for _ in range(10)))
    enough, met = threading.Event(), []

    def attack() -> None:
        connection = a_connection(node)
        while not enough.is_set():
            connection.request("POST", LINES, QUOTES, {"content-type": "application/json"})
            answer = connection.getresponse()
            met.append((answer.status, json.loads(answer.read())["type"]))
        connection.close()

    with ThreadPoolExecutor(ATTACKERS) as threads:
        attacks = [threads.submit(attack) for _ in range(ATTACKERS)]
        try:
            for _ in range(MOST_TRIES):
                disturbed = statistics.median(seconds_to_live(node) for _ in range(20))
                if disturbed < slow:
                    break
        finally:
            enough.set()
        for each in attacks:
            each.result()

    assert set(met) == {(400, "/problems/nested-too-deep")}
    assert disturbed < slow


def test_kept_alive_connections_are_told_before_they_are_closed() -> None:
    begun = threading.Barrier(CLIENTS + 1)
    with nodes(TRASTIENDA_WORKERS=2) as (node,), ThreadPoolExecutor(CLIENTS) as threads:
        visits = [threads.submit(visit, node, begun) for _ in range(CLIENTS)]
        begun.wait(PATIENCE)
        status = node.stop(signal.SIGINT)
        met = [it.result() for it in visits]

    assert [it.ended for it in met] == ["told"] * CLIENTS
    assert {it for each in met for it in each.statuses} == {200}
    assert status == 0


async def test_only_connections_in_use_are_waited_for() -> None:
    draining = Draining(linger=30.0)
    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI
        sent.append(message)

    async def answer(port: int, version: str = "1.1") -> None:
        scope = {"type": "http", "http_version": version, "client": ("192.0.2.1", str(port))}
        told = draining.answered(scope, send)
        await told({"type": "http.response.start", "status": 200, "headers": []})

    await answer(1)
    await answer(2)
    await answer(3, version="2")
    before = [draining.awaited(it) for it in (None, {1, 4}, {3, 4}, set())]
    loop, begun, ended = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    loop.add_signal_handler(signal.SIGINT, ended.set)
    try:
        draining.hear(loop, begun.set)
        signal.raise_signal(signal.SIGTERM)
        await begun.wait()
        await answer(1)
        await answer(2)
        await answer(3, version="2")
        await asyncio.wait_for(ended.wait(), PATIENCE)
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)

    assert before == [True, True, False, False]
    assert not draining.awaited(None)
    assert [it["headers"] for it in sent] == [[], [], [], [CLOSE], [CLOSE], []]
