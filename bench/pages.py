"""What each page costs and weighs in a shop with 10,000 products and 100,000 orders.

The application is asked in this process, one request after another, with production's settings.
Time is processor time, of ours and of PostgreSQL's: on a busy machine it varies less than what a
clock says, which is printed as well. See README.md.
"""

import argparse
import asyncio
import gc
import gzip
import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import addresses
import psycopg
import structlog
import uvloop
from contestants import HERE, Contestant, environment, running
from inside import PORT, Answer, ask, counting, in_production, started
from machine import children, facts, resident_megabytes, shared_out_megabytes
from plans import gets, written
from wrk import READS, Run, run

from trastienda.application import create

PRODUCTS, ORDERS = 10_000, 100_000
STAFF = "bench@shop.example"
MOST_MS, MOST_HTML, MOST_ELSE, LEAST_OF_API = 40.0, 60_000, 120_000, 0.3
LIST, LIST_OF_API = "/products", "/v1/products?limit=24"
WALKS = 3
Asked = tuple[addresses.Person, str]
PROGRAM = [sys.executable, "-m", "trastienda"]
BACKENDS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type LIKE %s
"""
STATEMENTS = "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE toplevel"
REPEATS = 3
"""Counts of statements: the least is taken, as something may run by the clock meanwhile."""
FILES = re.compile(r'(?:src|href)="(/(?:assets|media)/[^"#]+)')
LATER = re.compile(
    r"""<picture>(?:(?!</picture>).)*loading="lazy".*?</picture>
    |<img[^>]*loading="lazy"[^>]*>|<a\ [^>]*>""",
    re.DOTALL | re.VERBOSE,
)
"""Lazy pictures, and where links lead."""


@dataclass(frozen=True)
class Cost:
    """One request: seconds of ours, of PostgreSQL, and by the clock."""

    ours: float
    database: float
    clock: float

    @property
    def ms(self) -> float:
        return (self.ours + self.database) * 1000


@dataclass(frozen=True)
class Page:
    address: str
    costs: Sequence[Cost]
    statements: int
    html: int
    packed: int
    others: int
    status: int

    def part(self, at: int) -> float:
        """Return a percentile of the milliseconds of processor time."""
        return quantiles([it.ms for it in self.costs], n=100)[at - 1]

    @property
    def misses(self) -> str:
        limits = {
            f"status {self.status}": self.status != 200,  # noqa: PLR2004 - HTTP's success
            "time": self.part(95) > MOST_MS,
            "html": self.html > MOST_HTML,
            "files": self.others > MOST_ELSE,
        }
        return ", ".join(name for name, missed in limits.items() if missed)


class Watch:
    """Looks at the processor time of PostgreSQL's processes for one database."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Look through a connection of a superuser to that database."""
        self._connection = connection

    def backends(self) -> list[int]:
        return [row[0] for row in self._connection.execute(BACKENDS, ["client backend"])]

    def statements(self) -> int:
        return int(self._connection.execute(STATEMENTS).fetchall()[0][0])


def seconds_of(pids: Sequence[int]) -> float:
    """Return the processor time of processes, which Linux counts in nanoseconds here."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


async def measured(app: Any, person: addresses.Person, address: str, watch: Watch, times: int) -> Page:  # fmt: skip  # noqa: ANN401,E501
    """Ask for a page many times, and once more for each file that it needs."""
    request = ("GET", address, b"")
    answer = await ask(app, request, person.headers)
    counts = []
    for _ in range(REPEATS):
        before = watch.statements()
        await ask(app, request, person.headers)
        counts.append(watch.statements() - before - 1)
    costs, pids = [], watch.backends()
    for _ in range(times):
        database, ours, clock = seconds_of(pids), time.process_time(), time.perf_counter()
        answer = await ask(app, request, person.headers)
        clock, ours = time.perf_counter() - clock, time.process_time() - ours
        costs.append(Cost(ours, seconds_of(pids) - database, clock))
        await asyncio.sleep(0)
    body = answer.body
    packed = len(gzip.compress(body, 6))
    others = await weight(app, body.decode(), person)
    return Page(address, costs, min(counts), len(body), packed, others, answer.status)


async def weight(app: Any, html: str, person: addresses.Person) -> int:  # noqa: ANN401 - ASGI
    """Return the bytes of what a page loads at once, as they are sent: lazy pictures come later."""
    found = set(FILES.findall(LATER.sub("", html)))
    total = 0
    for address in found:
        accepted = [*person.headers, (b"accept-encoding", b"gzip")]
        answer: Answer = await ask(app, ("GET", address, b""), accepted)
        total += len(answer.body)
    return total


def table(pages: Sequence[Page]) -> Iterator[str]:
    yield "| page | p50 ms | p95 ms | ours | by the clock | statements | HTML | packed | files | |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
    for it in sorted(pages, key=lambda page: -page.part(95)):
        ours = quantiles([cost.ours * 1000 for cost in it.costs], n=2)[0]
        clock = quantiles([cost.clock * 1000 for cost in it.costs], n=2)[0]
        cells = [it.address.partition("access_token")[0]]
        cells += [f"{value:.1f}" for value in (it.part(50), it.part(95), ours, clock)]
        cells += [f"{value:,}" for value in (it.statements, it.html, it.packed, it.others)]
        yield f"| {' | '.join(cells)} | {it.misses} |"


def prepared(work: Path, url: str, given: argparse.Namespace) -> str:
    """Fill the shop as far as it is not yet; return a password of a member of staff."""
    told = environment(DATABASE_URL=url, TRASTIENDA_DATA=str(work / "shop"))
    commands = ["migrate", "seed --demo", f"seed --products {given.products}"]
    for command in [*commands, f"seed --orders {given.orders}", f"staff add {STAFF}"]:
        done = subprocess.run(  # noqa: S603 - ours
            [*PROGRAM, *command.split()], env=told, check=True, stdout=subprocess.PIPE, text=True
        )
    return done.stdout.strip()


def served(
    work: Path, url: str, asked: Sequence[Asked], given: argparse.Namespace
) -> Iterator[str]:
    """Serve as in production; tell how fast lists are, by turns, and how large workers get."""
    told = environment(**in_production(url, work), TRASTIENDA_WORKERS="2")
    address, authority = f"https://localhost:{PORT}", work / "shop" / "tls" / "ca.pem"
    one = Contestant("pages", address, url, [*PROGRAM, "serve"], HERE, told, authority)
    plans = {
        name: written(work / f"plan-{name}", gets([path]))
        for name, path in (("page", LIST), ("api", LIST_OF_API))
    }
    with running(one, work / "pages.log"):
        postmaster = int((work / "postgres/cluster/postmaster.pid").read_text().split()[0])
        at_first = sizes(one.pid)
        runs: dict[str, list[Run]] = {name: [] for name in plans}
        for turn in range(-1, given.turns):  # the first one warms up
            for name in sorted(plans, reverse=bool(turn % 2)):
                seen = run(one, READS, plans[name], given.seconds, postmaster)
                if turn >= 0:
                    runs[name].append(seen)
        rates = {name: median(it.rate for it in seen) for name, seen in runs.items()}
        costs = {
            name: median(it.server_us + it.database_us for it in seen)
            for name, seen in runs.items()
        }
        yield f"a second: page {rates['page']:,.0f}, API {rates['api']:,.0f}, "
        yield f"so {rates['page'] / rates['api']:.2f} (≥ {LEAST_OF_API})"
        yield f"processor µs: page {costs['page']:,.0f}, API {costs['api']:,.0f}"
        for _ in range(WALKS):
            for person, path in asked:
                connection = one.connection()
                headers = {key.decode(): value.decode() for key, value in person.headers}
                connection.request("GET", path, headers=headers)
                connection.getresponse().read()
        yield f"MB of workers at first: {at_first}; after all pages: {sizes(one.pid)}"


def sizes(pid: int) -> str:
    """Return the megabytes of the two largest processes below a server: its web workers."""
    workers = sorted(children(pid), key=resident_megabytes, reverse=True)[:2]
    resident = ", ".join(f"{resident_megabytes(it):.0f}" for it in workers)
    shared_out = ", ".join(f"{shared_out_megabytes(it):.0f}" for it in workers)
    return f"{resident} resident ({shared_out} with shared pages divided)"


async def walked(
    url: str, superuser: str, password: str, given: argparse.Namespace
) -> tuple[list[Page], list[Asked]]:
    app: Any = create()
    async with started(app):
        staff = await addresses.logged_in(app, STAFF, password)
        guest, order = await addresses.buyer(app, url)
        asked = [(staff, it) for it in addresses.admin(url)]
        asked += [
            (staff if it.startswith("/account") else guest, it)
            for it in addresses.storefront(url, order)
        ]
        gc.collect()
        gc.freeze()  # as before workers are forked
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            watch = Watch(connection)
            found = [
                await measured(app, person, it, watch, given.times)
                for person, it in asked
                if re.search(given.only, it)
            ]
    return found, asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--times", type=int, default=40, help="for each page")
    parser.add_argument("--turns", type=int, default=4, help="of the two lists under load")
    parser.add_argument("--seconds", type=int, default=6, help="of each turn")
    parser.add_argument("--only", default="", help="a pattern of addresses")
    parser.add_argument("--work", type=Path, default=HERE / ".work" / "pages")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    known = facts()
    with counting(given.work) as server:
        password = prepared(given.work, server.url, given)
        environ.update(in_production(server.url, given.work))
        database = urlsplit(server.url).path
        superuser = urlunsplit(urlsplit(server.superuser_url)._replace(path=database))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        pages, asked = uvloop.run(walked(server.url, superuser, password, given))
        if given.turns:
            print("\n".join(served(given.work, server.url, asked, given)))
    print("\n".join(table(pages)))
    print(f"\n{', '.join(f'{name}: {it}' for name, it in known.items())}")


if __name__ == "__main__":
    main()
