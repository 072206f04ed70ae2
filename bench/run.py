"""Measures the shop beside the limit and the yardstick: one machine, one run, one PostgreSQL.

See README.md. Everything it makes goes into `.work/`.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree

import psycopg
from contestants import (
    Contestant,
    another_database,
    running,
    the_limit,
    the_shop,
    the_yardstick,
)
from machine import children, facts, resident_megabytes, said
from plans import additions, checkout, column, lists, product_pages, written
from report import BEGIN, TITLES, filled, table
from wrk import CHECKOUTS, READS, WRITES, Load, Run, run

from trastienda.postgres import embedded

HERE = Path(__file__).parent
WORK = HERE / ".work"

MOST_ADDITIONS = 2_400  # a second, that there are enough carts for
ADDITIONS = 6  # requests that fill one cart: see plans.py
LOADS: dict[str, Load] = {"list": READS, "page": READS, "add": WRITES, "checkout": CHECKOUTS}
READ_ONLY = ("list", "page")


@dataclass(frozen=True)
class Bench:
    """Who is there, how long a run is, and the server process of the database they share."""

    present: list[Contestant]
    seconds: int
    postmaster: int

    def runs(self, rounds: int, measures: list[str]) -> dict[str, dict[str, list[Run]]]:
        """Take turns: every measure, every contestant, then again from another one on."""
        fixed = {
            one.name: dict(self._plans(one, [m for m in measures if m != "add"]))
            for one in self.present
        }
        seen: dict[str, dict[str, list[Run]]] = {measure: {} for measure in measures}
        for turn in range(-1, rounds):  # the first one warms up, Node's compiler above all
            for measure in measures:
                for at in range(len(self.present)):
                    one = self.present[(at + turn) % len(self.present)]
                    if one.name == "limit" and measure not in READ_ONLY:
                        continue
                    plan = fixed[one.name].get(measure) or self._carts(one)
                    result = self._run(one, measure, plan)
                    if turn >= 0:
                        seen[measure].setdefault(one.name, []).append(result)
        return seen

    def _plans(self, one: Contestant, measures: list[str]) -> Iterator[tuple[str, Path]]:
        writers = {"list": lists, "page": product_pages, "checkout": checkout}
        for measure in measures:
            if one.name != "limit" or measure in READ_ONLY:
                yield measure, written(WORK / f"{one.name}-{measure}", writers[measure](one))

    def _carts(self, one: Contestant) -> Path:
        carts = self.seconds * MOST_ADDITIONS // ADDITIONS
        return written(WORK / f"{one.name}-add", additions(one, carts))

    def _run(self, one: Contestant, measure: str, plan: Path) -> Run:
        count = partial(column, one, "SELECT count(*) FROM orders")
        before = count()[0] if measure == "checkout" else 0
        result = run(one, LOADS[measure], plan, self.seconds, self.postmaster)
        if measure == "checkout":
            made = count()[0] - before
            if abs(made - result.answers) > CHECKOUTS.connections:  # some are still in flight
                raise SystemExit(f"{one.name}: {result.answers} checkouts made {made} orders")
        bad = f", {result.refused} refused, {result.broken} broken"
        print(
            f"{TITLES[measure]:16}{one.name:10}{result.rate:9,.0f}/s"
            f"{result.server_us:9,.0f} + {result.database_us:,.0f} µs, p99 {result.p99_ms:.1f} ms"
            f"{bad if result.refused or result.broken else ''}",
            flush=True,
        )
        return result


def contestants(
    given: argparse.Namespace, server: embedded.Embedded, stack: ExitStack
) -> Iterator[Contestant]:
    """Make and start them; the shop comes first, since the limit uses its certificate."""
    fresh = partial(another_database, server.superuser_url)
    made = [partial(the_shop, server.url, WORK / "shop", given.port)]
    made.append(partial(the_limit, fresh("limit"), WORK / "shop", given.port + 1))
    if given.before:
        url, data = fresh("before"), WORK / "shop-before"
        made.append(partial(the_shop, url, data, given.port + 3, given.before))
    if given.yardstick:
        url, copy = fresh("yardstick"), WORK / "yardstick"
        made.append(partial(the_yardstick, url, given.yardstick, copy, given.port + 2))
    for make in made:
        one = make()
        yield stack.enter_context(running(one, WORK / f"{one.name}.log"))


def about(superuser_url: str) -> tuple[int, dict[str, str]]:
    """Return PostgreSQL's first process and what it says of itself."""
    with psycopg.connect(superuser_url) as connection:
        text = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchall()[0][0]
        names = ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        told = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchall()[0][0]
            for name in names
        }
    version = told.pop("server_version").partition(" ")[0]
    return int(text.split()[0]), {
        "PostgreSQL": f"{version} ({', '.join(f'{k} {v}' for k, v in told.items())})"
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--yardstick", type=Path, help="folder of the yardstick's package.json")
    parser.add_argument("--before", type=Path, help="folder of another version of the shop")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each run")
    parser.add_argument("--measures", nargs="+", default=list(LOADS), choices=list(LOADS))
    parser.add_argument("--programs", type=Path, help="folder of another PostgreSQL's initdb")
    parser.add_argument("--port", type=int, default=4401, help="the first of three")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    known = facts()
    rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(embedded.running(WORK, programs=given.programs))
        postmaster, database = about(server.superuser_url)
        known |= database
        if given.yardstick:
            known["Node"] = said("node", "--version")
        present = list(contestants(given, server, stack))
        runs = Bench(present, given.seconds, postmaster).runs(given.rounds, given.measures)
        memory = [resident_megabytes(pid) for pid in children(present[0].pid)]
    known["rounds"] = f"{given.rounds} of {given.seconds} s, interleaved, two workers each"
    text = table(runs, [one.name for one in present], memory, known)
    raw = {m: {n: [r.told() for r in of] for n, of in by.items()} for m, by in runs.items()}
    (WORK / "result.json").write_text(json.dumps({"facts": known, "memory": memory, "runs": raw}))
    (WORK / "result.md").write_text(f"{text}\n")
    print(f"\n{text}\n")
    if given.write:
        page = HERE / "README.md"
        if BEGIN not in page.read_text():
            raise SystemExit(f"README.md has no {BEGIN}")
        page.write_text(filled(page.read_text(), text))


if __name__ == "__main__":
    main()
