"""What an outside auditor finds: nothing but that the authority is our own."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.processes.nodes import PATIENCE, Node, nodes

pytestmark = pytest.mark.xdist_group("audit")

AUDIT = Path(sys.prefix) / "audit/bin/python"
"""A virtual environment of its own, made by `make test`: the tool wants older libraries."""


@pytest.fixture(scope="module")
def shop() -> Iterator[Node]:
    with nodes() as (node,):
        yield node


def test_tls_is_as_mozilla_recommends(shop: Node) -> None:
    where = f"localhost:{shop.port}"
    told = subprocess.run(  # noqa: S603 - ours
        [AUDIT, "-m", "sslyze", "--mozilla_config", "intermediate", where],
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )

    _, _, verdict = told.stdout.partition("COMPLIANCE AGAINST TLS CONFIGURATION")
    faults = [line.strip() for line in verdict.splitlines() if line.strip().startswith("*")]
    assert len(faults) == 1, told.stdout + told.stderr
    assert faults[0].startswith("* certificate_path_validation: Certificate path validation failed")


def test_http_2_is_offered(shop: Node) -> None:
    trust = ssl.create_default_context(cafile=shop.data / "tls/ca.pem")
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", shop.port), timeout=PATIENCE) as plain,
        trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert (secure.selected_alpn_protocol(), secure.version()) == ("h2", "TLSv1.3")
