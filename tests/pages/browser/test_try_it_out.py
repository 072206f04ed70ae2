"""A browser at /docs: *Execute*, pressed on what is prefilled, answers what the page promises."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.pages.chromium import BROWSER
from support.processes.nodes import Node

NODE = Path(__file__).parents[2] / "node"
LONGEST = 550  # seconds: a machine that tests may be very busy
CALLS = [
    ("check_ready", 200),
    ("list_products", 200),
    ("get_product", 200),
    ("list_categories", 200),
    ("show_session", 200),
    ("open_cart", 201),
    ("get_cart:cart_id", 200),
    ("add_line:cart_id", 201),
    ("set_contact:cart_id", 200),
    ("list_shipping_options:cart_id", 200),
    ("open_cart", 201),
]

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.once,
    pytest.mark.skipif(
        not (BROWSER and shutil.which("node") and (NODE / "node_modules/playwright-core").exists()),
        reason="this needs Chromium, and what `make .venv/.node` installs",
    ),
]


def pressed(node: Node, *calls: str) -> dict[str, Any]:
    """Press *Execute* on these; say what was answered, and what the browser complained about."""
    done = subprocess.run(  # noqa: S603 - ours
        ["node", NODE / "try_it_out.mjs", *calls],  # noqa: S607
        env=os.environ | {"SHOP": f"https://localhost:{node.port}", "CHROMIUM": BROWSER or ""},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_execute_answers_what_is_prefilled(node: Node) -> None:
    """Only ids of one's own are typed; two strangers who press the same get carts of their own."""
    told = pressed(node, *(name for name, _ in CALLS))

    assert told["answers"] == [[it.split(":")[0], status, str(status)] for it, status in CALLS]
    assert len(set(told["carts"])) == 2
    assert told["refused"] == []
