"""Shows where the processor time of one answer goes, by function. Use it after `run.py`.

The application is called in this process, without Granian and TLS, on the database that the last
run left in `.work/`. The profiler makes every call dearer: compare the shares, not the sums.
With `--statements` PostgreSQL counts as well (`pg_stat_statements`).
"""

import argparse
import asyncio
import cProfile
import json
import pstats
import random
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import cycle
from os import environ
from pathlib import Path
from typing import Any

import psycopg
import uvloop

from trastienda import index, settings
from trastienda.application import create
from trastienda.postgres import embedded

WORK = Path(__file__).parent / ".work"
WARM_UP = 500
PORT = 4401
HOST = (b"host", f"localhost:{PORT}".encode())
Request = tuple[str, str, bytes]
STEP = re.compile(r"\{\[=\[(.*?)\]=\], \[=\[(.*?)\]=\], \[=\[(.*?)\]=\]\}")
STATEMENTS = """
    SELECT calls, total_exec_time * 1000 / calls, total_plan_time * 1000 / calls,
        (total_exec_time + total_plan_time) * 1000 / %s::float8,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
    FROM pg_stat_statements WHERE calls > 0 ORDER BY total_exec_time + total_plan_time DESC LIMIT 30
"""


def requests(measure: str) -> Iterator[Request]:
    """Read the requests that the last run made, over and over."""
    for line in cycle((WORK / f"ours-{measure}").read_text().splitlines()):
        method, path, _, body = line.split("\t")
        yield method, path, body.encode()


async def answers(app: Any, measure: str) -> AsyncIterator[int]:  # noqa: ANN401 - an ASGI application
    """Ask again and again; give the status of each answer, of a whole checkout its last."""
    if measure != "checkout":
        for request in requests(measure):
            yield (await ask(app, request))[0]
    plan = (WORK / "ours-checkout").read_text()
    skus, steps = re.findall(r'"(SEED-[^"]+)"', plan), STEP.findall(plan)
    chance = random.Random(1)  # noqa: S311 - the same in every run
    while True:
        known = dict(zip("ab", chance.sample(skus, 2), strict=True))
        for method, *texts in steps:
            path, sent = (filled(text, known) for text in texts)
            status, body = await ask(app, (method, path, sent.encode()))
            known.setdefault("cart", json.loads(body)["id"])
        yield status


def filled(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda it: known[it[1]], text)


async def ask(app: Any, request: Request) -> tuple[int, bytes]:  # noqa: ANN401 - an ASGI application
    """Call the application as the server would; return the status and the body."""
    method, address, body = request
    path, _, query = address.partition("?")
    status, parts = 0, []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

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
    return status, b"".join(parts)


@asynccontextmanager
async def started(app: Any) -> AsyncIterator[None]:  # noqa: ANN401 - an ASGI application
    """Start the application as the server would, and end it with the block."""
    waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    up = asyncio.Event()

    async def told(message: dict[str, str]) -> None:
        if message["type"].endswith(".complete"):
            up.set()

    waiting.put_nowait({"type": "lifespan.startup"})
    state: dict[str, Any] = {}
    living: asyncio.Task[None] = asyncio.create_task(
        app({"type": "lifespan", "state": state}, waiting.get, told)
    )
    await up.wait()
    yield
    waiting.put_nowait({"type": "lifespan.shutdown"})
    await living


async def profiled(given: argparse.Namespace) -> None:
    app: Any = create()  # it is told less than a server would say
    async with started(app):
        statuses = answers(app, given.measure)

        async def so_many(times: int) -> int:
            return sum([await anext(statuses) < 300 for _ in range(times)])  # noqa: PLR2004

        await so_many(WARM_UP)
        with counted(given):
            begun = time.process_time()
            good = await so_many(given.times)
            spent = time.process_time() - begun
        profile = cProfile.Profile(time.process_time)
        profile.enable()
        await so_many(given.times)
        profile.disable()
        pstats.Stats(profile).sort_stats(given.sort).print_stats(45)
        each = spent / given.times * 1e6
        print(f"{each:.0f} µs an answer without the profiler; {good} of {given.times} good")


@contextmanager
def counted(given: argparse.Namespace) -> Iterator[None]:
    """Print what PostgreSQL did meanwhile, if that is wanted."""
    if not given.statements:
        yield
        return
    with psycopg.connect(given.server.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        connection.execute("SELECT pg_stat_statements_reset()")
        yield
        for calls, run, plan, share, query in connection.execute(STATEMENTS, [given.times]):
            print(f"{share:8.1f} µs an answer: {calls} × {run:.1f} + {plan:.1f} µs  {query}")


@contextmanager
def counting_server() -> Iterator[embedded.Embedded]:
    """Run the last run's PostgreSQL so that it counts, and let the shop find it."""
    configuration = WORK / "postgres/cluster/postgresql.auto.conf"
    if "pg_stat_statements" not in configuration.read_text():
        with configuration.open("a") as more:
            more.write("shared_preload_libraries = 'pg_stat_statements'\n")
            more.write("pg_stat_statements.track_planning = on\n")
    with embedded.running(WORK) as server:
        environ["DATABASE_URL"] = server.url
        environ["TRASTIENDA_DATA"] = str(WORK / "shop")
        environ["TRASTIENDA_PORT"] = str(PORT)
        environ["TRASTIENDA_ENV"] = "production"
        environ["TRASTIENDA_PUBLIC_URL"] = f"https://localhost:{PORT}"
        environ["TRASTIENDA_RATE_LIMITS"] = "off"  # all buyers come from one address
        environ["TRASTIENDA_LOG_LEVEL"] = "warning"  # the figures are to be read
        index.migrate(settings.read(), print)
        yield server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measure", choices=["list", "page", "add", "checkout"])
    parser.add_argument("--times", type=int, default=3_000)
    parser.add_argument("--sort", choices=["tottime", "cumtime"], default="tottime")
    parser.add_argument("--statements", action="store_true")
    given = parser.parse_args()
    with counting_server() as server:
        given.server = server
        uvloop.run(profiled(given))


if __name__ == "__main__":
    main()
