"""The settings for proxies that docs/production.md prints, in front of a real node."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import httpx
import pytest
from support.processes.nodes import (
    PATIENCE,
    Node,
    a_folder,
    eventually,
    free_port,
    is_free,
    nodes,
    run,
)

pytestmark = pytest.mark.xdist_group("processes")

PAGE = Path(__file__).parents[2] / "docs" / "production.md"
NAME = "shop.example"
PROGRAMS = {
    it: shutil.which(it, path="/usr/sbin:/usr/bin:/usr/local/bin") for it in ("nginx", "caddy")
}
Process = subprocess.Popen[bytes]
BLOCKS = {"nginx": "nginx", "caddy": "caddyfile"}
AROUND_NGINX = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/answers;
  fastcgi_temp_path {folder}/unused1;
  uwsgi_temp_path {folder}/unused2;
  scgi_temp_path {folder}/unused3;
{printed}
}}
"""
AROUND_CADDY = """\
{{
  admin off
  auto_https disable_redirects
  https_port {port}
  http_port {spare}
  storage file_system {folder}/storage
"""


class Proxy(NamedTuple):
    """A running proxy."""

    kind: str
    node: Node
    port: int

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.node.data / "tls/ca.pem")

    def client(self, *, http2: bool = False) -> httpx.Client:
        """Open a client to which the proxy is the machine of that name."""
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.port}",
            verify=self.trust,
            http2=http2,
            headers={"host": NAME},
            timeout=PATIENCE,
        )

    def get(self, client: httpx.Client, path: str, **headers: str) -> httpx.Response:
        return client.get(path, headers=headers, extensions={"sni_hostname": NAME})

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        return self.trust.wrap_socket(plain, server_hostname=NAME)

    def ask(self, said: bytes) -> bytes:
        """Say it as it is; return the beginning of what comes."""
        with self.connect() as connection:
            connection.sendall(said)
            return connection.recv(65_536)

    def say(self, said: bytes) -> bytes:
        """Say it as it is; return everything that comes until the proxy hangs up."""
        with self.connect() as connection:
            connection.sendall(said)
            return heard(connection)


def heard(connection: ssl.SSLSocket) -> bytes:
    came = b""
    with suppress(ConnectionError):
        while part := connection.recv(65_536):
            came += part
    return came


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


def printed(kind: str, node: Node, port: int) -> str:
    """Return the settings as printed, with our ports and files."""
    (text,) = re.findall(rf"```{BLOCKS[kind]}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    tls = node.data / "tls"
    return (
        str(text)
        .replace("/etc/ssl/shop/fullchain.pem", f"{tls}/server.pem")
        .replace("/etc/ssl/shop/privkey.pem", f"{tls}/server.key")
        .replace("/var/lib/trastienda/tls/ca.pem", f"{tls}/ca.pem")
        .replace("127.0.0.1:8443", f"127.0.0.1:{node.port}")
        .replace("listen 443", f"listen 127.0.0.1:{port}")
    )


def changed(text: str, changes: dict[str, str]) -> str:
    """Give settings other values, each wherever it stands."""
    for what, instead in changes.items():
        text, found = re.subn(
            rf"\b{what} \S+?(?=;?$)", f"{what} {instead}", text, flags=re.MULTILINE
        )
        assert found, what
    return text


def command(kind: str, text: str, folder: Path, port: int) -> list[str]:
    """Write the settings into the folder; return what starts the proxy with them."""
    settings = folder / "settings"
    program = PROGRAMS[kind] or ""
    if kind == "nginx":
        user = "user root;" if folder.owner() == "root" else ""
        settings.write_text(AROUND_NGINX.format(folder=folder, user=user, printed=text))
        return [program, "-c", str(settings), "-e", str(folder / "error.log")]
    head = AROUND_CADDY.format(port=port, spare=free_port(), folder=folder)
    settings.write_text(text.replace("{\n", head, 1))
    return [program, "run", "--config", str(settings), "--adapter", "caddyfile"]


def started(kind: str, node: Node, changes: dict[str, str], folder: Path) -> tuple[Process, int]:
    """Start it on a port that nobody takes at the same moment."""
    while True:
        port = free_port()
        text = changed(printed(kind, node, port), changes)
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - as printed
                command(kind, text, folder, port),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        eventually(lambda: process.poll() is not None or not is_free(port), f"a {kind}")  # noqa: B023
        if process.poll() is None:
            return process, port
        told = (folder / "said").read_text("utf-8")
        assert "in use" in told, told


@contextmanager
def running(kind: str, node: Node, folder: Path, **changes: str) -> Iterator[Proxy]:
    """Run a proxy with the printed settings, but for waits that a test shortens."""
    process, port = started(kind, node, changes, folder)
    try:
        yield Proxy(kind, node, port)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    shop: dict[str, Any] = {
        "TRASTIENDA_PUBLIC_URL": f"https://{NAME}",
        "TRASTIENDA_BEHIND_PROXY": "on",
    }
    with nodes(**shop) as (node,):
        yield node


@pytest.fixture(params=PROGRAMS)
def kind(request: pytest.FixtureRequest) -> str:
    kind = str(request.param)
    if PROGRAMS[kind] is None:
        pytest.skip(f"there is no {kind} here")
    return kind


@pytest.fixture
def proxy(kind: str, node: Node) -> Iterator[Proxy]:
    with a_folder() as folder, running(kind, node, folder) as proxy:
        yield proxy


@pytest.mark.parametrize("http2", [False, True])
def test_a_buyer_is_served_through_a_proxy(proxy: Proxy, *, http2: bool) -> None:
    with proxy.client(http2=http2) as client:
        sni = {"sni_hostname": NAME}
        answer = client.post("/v1/carts", json={}, extensions=sni)
        refused = client.post("/v1/carts", json={"colour": 1}, extensions=sni)

    assert answer.http_version == ("HTTP/2" if http2 else "HTTP/1.1")
    assert answer.status_code == 201
    assert (refused.status_code, refused.json()["instance"]) == (
        400,
        refused.headers["x-request-id"],
    )


def test_a_foreign_host_is_refused_wherever_it_stands(proxy: Proxy) -> None:
    own, foreign = f"Host: {NAME}".encode(), b"Host: evil.example"
    tail = b"\r\nConnection: close\r\n\r\n"
    told = {
        "own": proxy.say(b"GET /health/live HTTP/1.1\r\n" + own + tail),
        "header": proxy.say(b"GET /health/live HTTP/1.1\r\n" + foreign + tail),
        "target": proxy.say(b"GET https://evil.example/health/live HTTP/1.1\r\n" + own + tail),
    }

    assert {where: status(answer) for where, answer in told.items()} == {
        "own": 200,
        "header": 421,
        "target": 421,
    }


def test_a_head_with_bare_line_feeds_is_one_request(proxy: Proxy) -> None:
    said = f"GET /health/live HTTP/1.1\nHost: {NAME}\nConnection: close\n\n".encode()

    answer = proxy.say(said)

    assert status(answer) in {200, 400}
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_body_that_is_too_large_ends_at_the_proxy(proxy: Proxy) -> None:
    head = f"POST /v1/carts HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/json\r\n"
    announced = f"{head}Content-Length: 1200000\r\nConnection: close\r\n\r\n".encode()

    assert status(proxy.ask(announced + b" " * 1_200_000)) == 413


@pytest.fixture(scope="module")
def key(node: Node) -> str:
    made = run("keys", "create", "--name", "proxy", "--role", "owner", TRASTIENDA_DATA=node.data)
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[-1]


def test_events_are_passed_on_as_they_come(proxy: Proxy, key: str) -> None:
    with proxy.client() as client:
        request = client.build_request(
            "GET",
            "/v1/admin/events/stream?after=0",
            headers={"authorization": f"Bearer {key}"},
            extensions={"sni_hostname": NAME},
        )
        answer = client.send(request, stream=True)
        first = next(answer.iter_text())
        answer.close()

    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert first.startswith("retry: ")


def test_what_a_client_says_of_its_address_is_not_believed(proxy: Proxy) -> None:
    """The shop counts by the last address; the attempts of one client stay those of one."""
    wrong = {"email": "nobody@example.com", "password": "wrong horse battery"}
    with proxy.client() as client:
        answers = [
            client.post(
                "/v1/session",
                json={**wrong, "email": f"nobody{number}@example.com"},
                headers={"x-forwarded-for": f"198.51.100.{number}"},
                extensions={"sni_hostname": NAME},
            ).status_code
            for number in range(60)
        ]

    assert answers[0] in {401, 429}
    assert answers[-1] == 429


SHORT = {
    "nginx": {"client_header_timeout": "1s", "client_body_timeout": "1s"},
    "caddy": {"read_header": "1s", "read_body": "1s"},
}
ENDS = {"nginx": {0, 408}, "caddy": {0, 200, 408, 502}}
"""What is answered to it; 0 is nothing. An empty 200 is how Caddy 2.6 gives up a body."""


def test_unfinished_requests_end(kind: str, node: Node) -> None:
    """By our settings, and not after the 60 seconds that a proxy gives by itself."""
    head = f"POST /v1/carts HTTP/1.1\r\nHost: {NAME}\r\n".encode()
    with a_folder() as folder, running(kind, node, folder, **SHORT[kind]) as proxy:
        began = monotonic()
        ends = [status(proxy.say(it)) for it in (head, head + b"Content-Length: 10\r\n\r\n{")]
        taken = monotonic() - began

    assert set(ends) <= ENDS[kind]
    assert taken < 40


def test_nginx_bounds_what_one_address_asks_at_once(node: Node) -> None:
    if PROGRAMS["nginx"] is None:
        pytest.skip("there is no nginx here")
    head = f"POST /v1/carts HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 10\r\n\r\n{{".encode()
    wait = {"client_body_timeout": "80s"}
    with a_folder() as folder, running("nginx", node, folder, **wait) as proxy:
        waiting = [proxy.connect() for _ in range(50)]
        for connection in waiting:
            connection.sendall(head)
        with proxy.client() as client:
            eventually(lambda: proxy.get(client, "/health/live").status_code == 429, "a refusal")
        for connection in waiting:
            connection.close()
        with proxy.client() as client:
            eventually(lambda: proxy.get(client, "/health/live").status_code == 200, "room")


def test_nginx_bounds_what_one_address_asks_in_a_second(node: Node) -> None:
    if PROGRAMS["nginx"] is None:
        pytest.skip("there is no nginx here")
    each = f"GET /health/live HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode()
    last = f"GET /health/live HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode()
    with a_folder() as folder, running("nginx", node, folder) as proxy:
        told = proxy.say(each * 400 + last)

    statuses = re.findall(rb"HTTP/1.1 (\d+) ", told)
    assert len(statuses) == 401
    assert statuses[:100] == [b"200"] * 100
    assert b"429" in statuses
