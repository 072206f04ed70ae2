"""Strangers who come in thousands and ask for nothing, or ask and do not read the answers."""

import asyncio
import resource
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from support.processes.http2_readers import closed_window
from support.processes.nodes import Node, eventually, nodes
from support.processes.quiet_connections import KINDS, hung_up, stranger, trusting
from support.processes.selling_nodes import Shop
from support.products import ADDRESS

pytestmark = [
    pytest.mark.xdist_group("strangers"),
    pytest.mark.timeout(600),  # thousands of TLS handshakes, on a busy machine
    pytest.mark.skipif(sys.platform != "linux", reason="there is a doorkeeper on Linux alone"),
]

PROGRAM = Path(__file__).parents[1] / "support" / "processes" / "quiet_connections.py"
EACH, QUIET = 750, ("tls", "head", "body", "h2")
ROOM = 1_000
"""Connections that each of two workers has room for: a third less than come."""
BUYERS = 20
MOST_TRIES = 10
"""A machine that is busy makes some slower than others, and never all of them."""
SILENT = 1_200  # visitors of the plain port
BUNDLE = "/docs/swagger-ui-bundle.js"
READERS, REQUESTS = 20, 100
WARM = 20  # connections, of which each of two workers has some
HUNDRED_MEGABYTES = 100_000_000


@contextmanager
def strangers(port: int) -> Iterator[None]:
    """Have strangers of each kind there, who come again as often as the shop hangs up on them."""
    command = [sys.executable, str(PROGRAM), str(port), str(EACH), *QUIET]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - ours
        assert process.stdout
        try:
            assert process.stdout.readline().split()[0] == b"%d" % (EACH * len(QUIET))
            yield
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def _descriptors() -> Iterator[None]:
    """Allow this process as many sockets as the system does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def a_purchase(shop: Shop, goods: tuple[str, str]) -> list[float]:
    """Buy something; return how long each request took."""
    sku, option = goods
    times = []
    contact = {
        "email": f"{uuid4().hex}@example.com",
        "shipping_address": ADDRESS,
        "shipping_option": option,
    }
    async with shop.client() as buyer:

        async def ask(method: str, path: str, json: object = None) -> httpx.Response:
            began = time.monotonic()
            answer = await buyer.request(method, path, json=json)
            times.append(time.monotonic() - began)
            assert answer.is_success, answer.text
            return answer

        await ask("GET", "/v1/products")
        cart = await ask("POST", "/v1/carts", {"lines": [{"sku": sku, "quantity": 1}]})
        address = f"/v1/carts/{cart.json()['id']}"
        await ask("PUT", f"{address}/contact", contact)
        await ask("POST", f"{address}/checkout", {"payment": {"provider": "manual"}})
    return times


async def purchases(shop: Shop, goods: tuple[str, str]) -> float:
    """Let all buyers buy at once; return the 99th percentile of what their requests took."""
    bought = await asyncio.gather(*(a_purchase(shop, goods) for _ in range(BUYERS)))
    times = sorted(took for each in bought for took in each)
    return times[int(len(times) * 0.99)]


async def test_buyers_buy_among_thousands_of_quiet_strangers() -> None:
    with nodes(TRASTIENDA_WORKERS=2, TRASTIENDA_CONNECTIONS=ROOM, TRASTIENDA_RATE_LIMITS="off") as (
        node,
    ):
        shop = Shop(node)
        goods = await shop.stocked()
        enough = max(1.0, 3 * await purchases(shop, goods))
        with strangers(node.port):
            for _ in range(MOST_TRIES):
                among_strangers = await purchases(shop, goods)
                if among_strangers < enough:
                    break

    assert among_strangers < enough


@pytest.fixture(scope="module")
def impatient() -> Iterator[Node]:
    """Lend a node whose deadlines are short."""
    deadlines: dict[str, Any] = {"TRASTIENDA_CLIENT_DEADLINE": 2, "TRASTIENDA_KEEP_ALIVE": 3}
    with nodes(TRASTIENDA_WORKERS=2, TRASTIENDA_RATE_LIMITS="off", **deadlines) as (node,):
        yield node


def end_of(visit: socket.socket) -> bytes:
    """Return what the shop says before it hangs up."""
    visit.settimeout(60)
    said = b""
    try:
        while part := visit.recv(4_096):
            said += part
    except (ConnectionResetError, ssl.SSLEOFError):
        pass
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_a_quiet_connection_is_ended(impatient: Node, kind: str) -> None:
    with closing(stranger(kind, impatient.port, "127.0.0.1", trusting(kind))) as visit:
        said = end_of(visit)

    if kind == "body":
        head, _, problem = said.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 ")
        assert b"\r\nconnection: close\r\n" in head + b"\r\n"
        assert b'"/problems/body-too-slow"' in problem
    else:
        assert b" 200 " not in said


async def test_a_kept_alive_connection_is_ended_and_one_that_waits_for_events_is_not(
    impatient: Node,
) -> None:
    shop = Shop(impatient)
    async with shop.client() as client:
        events = "/v1/admin/events?types=order.*"
        newest = (await client.get(f"{events}&after=0&limit=500", headers=shop.key)).json()
        wait = f"{events}&after={newest['next_after']}&wait=5"
        waited = await client.get(wait, headers=shop.key)
    with closing(stranger("tls", impatient.port, "127.0.0.1", trusting("tls"))) as visit:
        visit.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % impatient.port)
        said = end_of(visit)

    assert (waited.status_code, waited.json()["items"]) == (200, [])
    assert said.startswith(b"HTTP/1.1 200 ")


def test_readers_that_do_not_read_cost_little_and_are_ended(impatient: Node) -> None:
    for _ in range(WARM):
        assert impatient.get(BUNDLE) == 200
    workers = impatient.web_workers()

    def memory() -> int:
        return sum(worker.memory_info().rss for worker in workers)

    with ExitStack() as ends:
        before, most = memory(), 0
        readers = [
            ends.enter_context(closed_window(impatient.port, BUNDLE, REQUESTS, trusting("h2")))
            for _ in range(READERS)
        ]

        def ended() -> bool:
            nonlocal most
            most = max(most, memory())
            return all(hung_up(reader) for reader in readers)

        eventually(ended, "the shop hangs up on all of them")

    assert len(workers) == 2
    assert most - before < HUNDRED_MEGABYTES


def test_silent_visitors_do_not_close_the_plain_port(impatient: Node) -> None:
    port = impatient.http_port
    eventually(lambda: httpx.get(f"http://localhost:{port}/").status_code == 308, "redirects")
    with ExitStack() as ends:
        for number in range(SILENT):
            address = f"127.2.{number // 250}.{number % 250 + 1}"
            ends.enter_context(socket.create_connection(("127.0.0.1", port), 60, (address, 0)))

        answers = [httpx.get(f"http://localhost:{port}/v1/products") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [308] * 3
