"""Clients that others' generators make from /openapi.json, and a program of each that buys."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.processes.nodes import PATIENCE, Node, nodes

TESTS = Path(__file__).parents[1]
NODE = TESTS / "node"
MODULES = NODE / "node_modules"
CLIENTS = Path(sys.prefix) / "clients/bin"
TSC = "--strict --noUncheckedIndexedAccess --skipLibCheck --module nodenext --target es2022"
BOUGHT = {
    "bought": [["MUG-BLUE", 1, 1250]],
    "shipping": 490,
    "paid": ["paid", 1740, "EUR"],
}
FILE = "application/octet-stream"
PLAIN = {
    "post_hooks": [],  # its formatting takes 6 s
    "content_type_overrides": {"application/pdf": FILE, "application/xml": FILE},
}
"""It knows no files but those."""
ASKED_AGAIN = "The total is not the one you expected. 1740\n"

pytestmark = [pytest.mark.xdist_group("generated"), pytest.mark.once]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with nodes(1, "--demo", TRASTIENDA_WORKERS=1) as [it]:
        assert it.get("/openapi.json") == 200  # made at the first request: generators wait 5 s
        yield it


def run(place: Path, node: Node, *command: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a tool of the front-end's developer, who trusts the shop's authority."""
    authority = str(node.data / "tls/ca.pem")
    trust = dict.fromkeys(("CA", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), authority)
    done = subprocess.run(  # noqa: S603 - ours
        command,
        cwd=place,
        env=os.environ | trust | {"SHOP": address(node)},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def address(node: Node) -> str:
    return f"https://localhost:{node.port}"


@pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "openapi-typescript").exists()),
    reason="`make .venv/.node` installs what Node needs",
)
def test_a_typescript_front_end_buys_a_mug(node: Node, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    shutil.copy(NODE / "buy_a_mug.ts", tmp_path)
    tools = MODULES / ".bin"

    run(
        tmp_path,
        node,
        tools / "openapi-typescript",
        f"{address(node)}/openapi.json",
        "-o",
        "shop.d.ts",
    )
    run(tmp_path, node, tools / "tsc", *TSC.split(), "buy_a_mug.ts")
    done = run(tmp_path, node, "node", "buy_a_mug.js")

    assert json.loads(done.stdout) == BOUGHT
    assert done.stderr == ASKED_AGAIN


@pytest.mark.skipif(
    not CLIENTS.exists(), reason="`make .venv/clients/.ready` installs the generator"
)
def test_a_python_program_buys_a_mug(node: Node, tmp_path: Path) -> None:
    (tmp_path / "plain.json").write_text(json.dumps(PLAIN))
    shutil.copy(TESTS / "clients/buy_a_mug.py", tmp_path)
    source = ("--url", f"{address(node)}/openapi.json")
    made = ("--meta", "none", "--output-path", "trastienda_client")
    strict = ("--strict", "--follow-imports", "silent", "--cache-dir", os.devnull)

    said = run(
        tmp_path,
        node,
        CLIENTS / "openapi-python-client",
        "generate",
        "--fail-on-warning",
        "--config",
        "plain.json",
        *source,
        *made,
    ).stdout
    run(
        tmp_path,
        node,
        *(sys.executable, "-m", "mypy", *strict),
        *("--python-executable", CLIENTS / "python", "buy_a_mug.py"),
    )
    done = run(tmp_path, node, CLIENTS / "python", "buy_a_mug.py")

    assert said == "Generating trastienda_client\n"
    assert json.loads(done.stdout) == BOUGHT
    assert done.stderr == ASKED_AGAIN
