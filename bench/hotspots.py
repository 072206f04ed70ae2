"""Shows where the processor time of one answer goes, by function. Use it after `run.py`.

The application is called in this process, without Granian and TLS, on the database that the last
run left in `.work/`. The profiler makes every call dearer: compare the shares, not the sums.
With `--statements` PostgreSQL counts as well (`pg_stat_statements`).
"""

import argparse
import cProfile
import json
import pstats
import random
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import cycle
from os import environ
from pathlib import Path
from typing import Any

import psycopg
import uvloop
from inside import Request, ask, counting, in_production, started

from trastienda import index, settings
from trastienda.application import create
from trastienda.postgres import embedded

WORK = Path(__file__).parent / ".work"
WARM_UP = 500
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
            yield (await ask(app, request)).status
    plan = (WORK / "ours-checkout").read_text()
    skus, steps = re.findall(r'"(SEED-[^"]+)"', plan), STEP.findall(plan)
    chance = random.Random(1)  # noqa: S311 - the same in every run
    while True:
        known = dict(zip("ab", chance.sample(skus, 2), strict=True))
        for method, *texts in steps:
            path, sent = (filled(text, known) for text in texts)
            answer = await ask(app, (method, path, sent.encode()))
            known.setdefault("cart", json.loads(answer.body)["id"])
        yield answer.status


def filled(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda it: known[it[1]], text)


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
    with counting(WORK) as server:
        environ.update(in_production(server.url, WORK))
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
