"""A real node: what docs/events.md prints is run, and the stream is read until the node stops."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
from support.processes.nodes import PATIENCE, Node, eventually, nodes, run
from support.products import a_sku

from trastienda.node.serving import FINISH

STREAM = "/v1/admin/events/stream"
PAGE = (Path(__file__).parents[2] / "docs/events.md").read_text("utf-8")
CONSUMERS = dict(re.findall(r"^```(python|js)\n(import .*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
RUN = {"python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}
LANGUAGES = [it for it, (program, *_) in RUN.items() if shutil.which(program)]
"""Where there is no Node, only Python's is tried."""


@contextmanager
def owner(node: Node) -> Iterator[httpx.Client]:
    """Talk to a node over HTTP/1.1 and TLS, with a key that it has made."""
    made = run("keys", "create", "--name", "all", "--role", "owner", DATABASE_URL=node.database_url)
    assert made.returncode == 0, made.stderr
    key = made.stdout.split()[-1]
    trust = ssl.create_default_context(cafile=node.data / "tls/ca.pem")
    url = f"https://localhost:{node.port}"
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=url, headers=headers, verify=trust, timeout=PATIENCE) as client:
        yield client


@contextmanager
def consumers(node: Node, client: httpx.Client) -> Iterator[None]:
    """Run what the page prints."""
    with ExitStack() as running:
        for language in LANGUAGES:
            running.enter_context(consumer(language, node, client))
        yield


@contextmanager
def consumer(language: str, node: Node, client: httpx.Client) -> Iterator[None]:
    env = os.environ | {
        "SHOP": str(client.base_url).rstrip("/"),
        "KEY": client.headers["authorization"].split()[1],
        "CA": str(node.data / "tls/ca.pem"),
        "NODE_EXTRA_CA_CERTS": str(node.data / "tls/ca.pem"),
        "FILE": str(node.data.parent / language),
    }
    process = subprocess.Popen([*RUN[language], CONSUMERS[language]], env=env)  # noqa: S603 - ours
    try:
        yield
    finally:
        process.kill()
        process.wait()


def put_on_sale(client: httpx.Client, stock: int) -> str:
    sku = a_sku()
    variant = {"sku": sku, "prices": {"EUR": 900}, "stock": stock}
    draft = {"name": "Mug", "slug": sku.lower(), "variants": [variant]}
    answer = client.post("/v1/admin/products", json=draft)
    assert answer.status_code == 201, answer.text
    return sku


def known(node: Node) -> list[dict[str, int]]:
    """Read what each consumer has written down."""
    return [read(node.data.parent / language) for language in LANGUAGES]


def read(file: Path) -> dict[str, int]:
    if not file.exists():
        return {}
    return {sku: available for sku, _, available in json.loads(file.read_text())["stock"].values()}


def frames(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Read events as they come; httpx gives lines, and an empty one ends a frame."""
    fields: dict[str, str] = {}
    for line in lines:
        if not line and "data" in fields:
            yield {**fields, "data": json.loads(fields["data"])}
        name, _, value = line.partition(": ")
        fields = {**fields, name: value} if line else {}


def test_the_page_prints_short_consumers() -> None:
    assert set(CONSUMERS) == set(RUN)
    for consumer in CONSUMERS.values():
        assert len([line for line in consumer.splitlines() if line.strip()]) <= 37


def test_the_printed_consumers_follow_a_node_and_the_stream_ends_when_it_stops() -> None:
    with nodes() as [node], owner(node) as client, ThreadPoolExecutor() as threads:
        all_ = len(LANGUAGES)
        first = put_on_sale(client, 5)
        with consumers(node, client):
            eventually(lambda: known(node) == all_ * [{first: 5}], "what was there")
            second = put_on_sale(client, 7)
            eventually(lambda: known(node) == all_ * [{first: 5, second: 7}], "what is new")
        moved = {"quantity": -2, "reason": "damaged"}
        assert client.post(f"/v1/admin/stock/{first}/movements", json=moved).status_code < 300
        with consumers(node, client):
            eventually(
                lambda: known(node) == all_ * [{first: 3, second: 7}], "what happened meanwhile"
            )
            for http2 in (False, True):
                who_leaves_is_noticed(node, client, http2=http2)
            with client.stream("GET", f"{STREAM}?types=stock.*") as stream:
                coming = frames(stream.iter_lines())
                third = threads.submit(put_on_sale, client, 1)
                event = next(coming)
                assert event["event"] == "stock.changed"
                assert event["data"]["data"]["sku"] == third.result()
                began = monotonic()
                stopping = threads.submit(node.stop, signal.SIGTERM)
                assert list(coming) == []  # it ends as a whole answer does, which no kill would do
            assert stopping.result() == 0
            assert monotonic() - began < FINISH  # after which it would be killed


def who_leaves_is_noticed(node: Node, client: httpx.Client, *, http2: bool) -> None:
    """Open the stream and close the connection: the request is over, and not at the next beat."""
    before = node.said.count(STREAM)
    trust = ssl.create_default_context(cafile=node.data / "tls/ca.pem")
    url, headers = f"{client.base_url}{STREAM}", client.headers
    with (
        httpx.Client(verify=trust, http2=http2, timeout=PATIENCE) as other,
        other.stream("GET", url, headers=headers) as stream,
    ):
        assert stream.http_version == ("HTTP/2" if http2 else "HTTP/1.1")
        assert next(stream.iter_lines()) == "retry: 2000"
        assert node.said.count(STREAM) == before
    left = monotonic()
    eventually(lambda: node.said.count(STREAM) == before + 1, "the end of a request")
    assert monotonic() - left < 10
