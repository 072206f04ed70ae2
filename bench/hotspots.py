"""Shows where the processor time of one answer goes, by function. Use it after `run.py`.

The application is called in this process, without Granian and TLS, on the database that the last
run left in `.work/`. The profiler makes every call dearer: compare the shares, not the sums.
"""

import argparse
import asyncio
import cProfile
import pstats
import time
from collections.abc import Iterator
from itertools import cycle, islice
from os import environ
from pathlib import Path
from typing import Any

import uvloop

from trastienda import index, settings
from trastienda.application import create
from trastienda.database import embedded

WORK = Path(__file__).parent / ".work"
WARM_UP = 500
PORT = 4401
HOST = (b"host", f"localhost:{PORT}".encode())
Request = tuple[str, str, bytes]


def requests(measure: str) -> Iterator[Request]:
    """Read the requests that the last run made, over and over."""
    for line in cycle((WORK / f"ours-{measure}").read_text().splitlines()):
        method, path, _, body = line.split("\t")
        yield method, path, body.encode()


async def ask(app: Any, request: Request) -> int:  # noqa: ANN401 - an ASGI application
    """Call the application as the server would; return the status."""
    method, address, body = request
    path, _, query = address.partition("?")
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [HOST]
    if body:
        headers.append((b"content-type", b"application/json"))
        headers.append((b"content-length", str(len(body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
        "state": {},
        "extensions": {},
    }
    await app(scope, receive, send)
    return status


async def profiled(measure: str, times: int, sort: str) -> None:
    app: Any = create()  # it is told less than a server would say
    waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    started = asyncio.Event()

    async def told(message: dict[str, str]) -> None:
        if message["type"].endswith(".complete"):
            started.set()

    waiting.put_nowait({"type": "lifespan.startup"})
    state: dict[str, Any] = {}
    living: asyncio.Task[None] = asyncio.create_task(
        app({"type": "lifespan", "state": state}, waiting.get, told)
    )
    await started.wait()
    asked = requests(measure)
    for request in islice(asked, WARM_UP):
        await ask(app, request)
    begun = time.process_time()
    good = [await ask(app, request) < 300 for request in islice(asked, times)]  # noqa: PLR2004
    spent = time.process_time() - begun
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for request in islice(asked, times):
        await ask(app, request)
    profile.disable()
    pstats.Stats(profile).sort_stats(sort).print_stats(45)
    print(
        f"{spent / times * 1e6:.0f} µs an answer without the profiler; {sum(good)} of {times} good"
    )
    waiting.put_nowait({"type": "lifespan.shutdown"})
    await living


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", choices=["list", "page", "add"])
    parser.add_argument("--times", type=int, default=3_000)
    parser.add_argument("--sort", choices=["tottime", "cumtime"], default="tottime")
    given = parser.parse_args()
    with embedded.running(WORK) as server:
        environ["TRASTIENDA_DATA"] = str(WORK / "shop")
        environ["TRASTIENDA_PORT"] = str(PORT)
        environ["TRASTIENDA_ENV"] = "production"
        environ["TRASTIENDA_PUBLIC_URL"] = f"https://localhost:{PORT}"
        environ["DATABASE_URL"] = server.url
        index.prepared(settings.read())
        uvloop.run(profiled(given.measure, given.times, given.sort))


if __name__ == "__main__":
    main()
