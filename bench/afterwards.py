"""What follows an order, in PostgreSQL's time: relaying, queueing and doing its job, by statement.

Orders are placed one after the other in this process, and a job worker does what follows them, as
another role of the database: so PostgreSQL (`pg_stat_statements`) tells their statements apart.
Use it after `run.py`, whose database it goes on with. `--backlog` jobs of the same kind wait
meanwhile for a time that does not come.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator
from os import environ
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import uvloop
from hotspots import WORK, answers, counting_server, started
from machine import processor_seconds

from trastienda.application import create

PATIENCE = 60.0  # seconds for the worker to come up, and to do what is left
SPENT = """
    SELECT calls, total_exec_time, total_plan_time,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 80)
    FROM pg_stat_statements JOIN pg_roles ON pg_roles.oid = userid
    WHERE rolname = %s AND query NOT LIKE '%%afterwards.py%%'
    ORDER BY total_exec_time + total_plan_time DESC
"""
CONNECTIONS = """
    SELECT pid FROM pg_stat_activity
    WHERE usename = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SHOWN = 20
WARM_UP = 60  # orders before those that count
BACKLOG = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, scheduled_at)
    SELECT 'mail', 'mail', gen_random_uuid()::text, '{}', now() + interval '1 day'
    FROM generate_series(1, %s)
"""
WAITING = "SELECT count(*) FROM events WHERE position IS NULL"
LEFT = """
    /* afterwards.py */ SELECT count(*)
        + (SELECT count(*) FROM procrastinate_jobs WHERE scheduled_at IS NULL)
        + (SELECT count(*) FROM letters_sent WHERE state = 'queued')
    FROM events WHERE position IS NULL
"""
ROLE = "postgres"
"""Whose statements are counted: the worker's. The shop itself has another role."""


async def placed(statuses: AsyncIterator[int], orders: int, pace: float) -> int:
    """Place orders at the wanted pace; return how many."""
    good, begun = 0, time.monotonic()
    for number in range(orders):
        good += await anext(statuses) < 300  # noqa: PLR2004
        await asyncio.sleep(begun + number / pace - time.monotonic())
    return good


def wait(watching: "psycopg.Connection[Any]", left: str = LEFT) -> None:
    """Wait until nothing is left to do."""
    until = time.monotonic() + PATIENCE
    while watching.execute(left.encode()).fetchall()[0][0]:
        if time.monotonic() > until:
            raise SystemExit("the worker does not do what is left; see worker.log")
        time.sleep(0.1)  # between two looks


def report(watching: "psycopg.Connection[Any]", orders: int) -> None:
    rows = watching.execute(SPENT, [ROLE]).fetchall()
    for calls, run, planned, query in rows[:SHOWN]:
        times = f"{run * 1_000 / calls:.0f} + {planned * 1_000 / calls:.0f}"
        spent = (run + planned) * 1_000 / orders
        print(f"{spent:8.1f} µs an order: {calls / orders:5.2f} × {times} µs  {query}")
    print(f"{sum(row[1] + row[2] for row in rows) * 1_000 / orders:8.1f} µs an order, in all\n")


def on_connections(watching: "psycopg.Connection[Any]") -> float:
    """Return the seconds of processor time that PostgreSQL has spent for the worker."""
    pids = watching.execute(CONNECTIONS, [ROLE]).fetchall()
    return sum(processor_seconds(pid) for (pid,) in pids)


async def measured(given: argparse.Namespace, watching: "psycopg.Connection[Any]") -> None:
    with (WORK / "worker.log").open("wb") as log:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "trastienda", "worker"),
            env={**environ, "DATABASE_URL": given.workers_url},
            stdout=log,
            stderr=log,
        )
    await asyncio.to_thread(wait, watching, WAITING)
    watching.execute("DELETE FROM procrastinate_jobs")
    watching.execute(BACKLOG, [given.backlog])
    watching.execute("VACUUM ANALYZE")
    app: Any = create()
    try:
        async with started(app):
            statuses = answers(app, "checkout")
            await placed(statuses, WARM_UP, given.pace)  # statements are prepared, plans kept
            await asyncio.to_thread(wait, watching)
            watching.execute("SELECT pg_stat_statements_reset()")
            before = processor_seconds(worker.pid), on_connections(watching)
            orders = await placed(statuses, given.orders, given.pace)
            await asyncio.to_thread(wait, watching)
        after = processor_seconds(worker.pid), on_connections(watching)
        ours, theirs = ((b - a) * 1e6 / orders for a, b in zip(before, after, strict=True))
        print(f"{orders} orders, {given.pace:g} a second, beside {given.backlog} jobs that wait:")
        print(f"{ours:8.0f} µs an order of the worker's processor")
        print(f"{theirs:8.0f} µs an order of the processor of PostgreSQL, for the worker")
        report(watching, orders)
    finally:
        worker.terminate()
        await worker.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000)
    parser.add_argument("--pace", type=float, default=25.0, help="orders a second")
    parser.add_argument("--backlog", type=int, default=0)
    given = parser.parse_args()
    with counting_server() as server:
        shops = urlsplit(server.url)
        given.workers_url = urlunsplit(urlsplit(server.superuser_url)._replace(path=shops.path))
        with psycopg.connect(given.workers_url, autocommit=True) as watching:
            watching.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            uvloop.run(measured(given, watching))


if __name__ == "__main__":
    main()
