"""What the pages in docs/ name exists, and the receivers they print receive."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from nodes import eventually
from standardwebhooks import Webhook

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "node"
SECRET = "whsec_" + "c2VjcmV0" * 6
RUN = {"python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}


def text(page: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8")


def printed(page: str, language: str) -> str:
    """Give the program that a page prints in a language."""
    (program,) = re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.DOTALL | re.MULTILINE)
    return str(program)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def receiver(language: str, inbox: Path) -> Iterator[str]:
    """Run what the page prints; give its address."""
    if language == "js" and not (shutil.which("node") and (NODE / "node_modules").exists()):
        pytest.skip("`make .venv/.node` installs what Node needs")
    port = free_port()
    env = os.environ | {"SECRET": SECRET, "INBOX": str(inbox), "PORT": str(port)}
    command = [*RUN[language], printed("webhooks.md", language)]
    process = subprocess.Popen(command, env=env, cwd=NODE, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        eventually(lambda: answers(port), "a receiver")
        yield f"http://127.0.0.1:{port}/hooks/shop"
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as it:
        return it.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("language", RUN)
def test_the_printed_receiver_takes_what_is_signed_once_and_nothing_else(
    language: str, tmp_path: Path
) -> None:
    body = json.dumps({"id": "019ab3f2", "data": {"name": "Año"}})
    now = datetime.now(UTC)

    def headers(signed: str, at: datetime) -> dict[str, str]:
        return {
            "webhook-id": "019ab3f2",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": f"v1,bm8= {Webhook(SECRET).sign('019ab3f2', at, signed)}",
        }

    def post(at: datetime, signed: str = body) -> int:
        return httpx.post(url, content=body.encode(), headers=headers(signed, at)).status_code

    with receiver(language, tmp_path) as url:
        assert [post(now), post(now)] == [204, 204]
        assert post(now, body + " ") == 400
        assert post(now - timedelta(minutes=6)) == 400
        assert httpx.post(url, content=body.encode()).status_code == 400
        (file,) = tmp_path.glob("*.*")
        assert json.loads(file.read_text("utf-8")) == json.loads(body)
        file.rename(tmp_path / "done" / file.name)
        assert post(now) == 204
        assert list(tmp_path.glob("*.*")) == []
