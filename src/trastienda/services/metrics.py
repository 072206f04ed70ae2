"""What is measured when somebody asks: one small question for each thing, none kept between.

Who adds something that waits or fails adds its question to `COLLECTORS`.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from trastienda.database.db import Reading, prepared, utcnow
from trastienda.schemas.job import JobStatus
from trastienda.services import job_list, relay

_LAST = prepared("SELECT last FROM outbox")
_LEFT_PAYMENTS = prepared("""
    SELECT count(*) FROM payment_attempts WHERE state = 'pending' AND leased_until < %(now)s
""")


class Metric(NamedTuple):
    """One name and its values, each with its labels' values."""

    name: str
    meaning: str
    values: Sequence[tuple[tuple[str, ...], float]]
    labels: tuple[str, ...] = ()
    counts: bool = False
    """It only ever grows."""


Collect = Callable[[Reading], Awaitable[list[Metric]]]


def _one(name: str, meaning: str, value: float, *, counts: bool = False) -> Metric:
    return Metric(name, meaning, [((), value)], counts=counts)


async def events(session: Reading) -> list[Metric]:
    """Measure the outbox: what was written and has not been told yet."""
    lag = await relay.lag(session, utcnow())
    row = await _LAST.row(session)
    last = float(row[0]) if row else 0.0
    return [
        _one("outbox_waiting_events", "Events that wait to be relayed.", lag.events),
        _one("outbox_lag_seconds", "How long the oldest of them waits.", max(0.0, lag.seconds)),
        _one("events", "Events relayed since the shop began.", last, counts=True),
    ]


async def jobs(session: Reading) -> list[Metric]:
    """Measure the queue, and what was given up."""
    counts = await job_list.counts(session)
    by_task_and_status = [((it.task, it.status.value), float(it.jobs)) for it in counts]
    oldest = max((it.oldest_seconds for it in counts), default=0.0)
    dead = sum(it.jobs for it in counts if it.status is JobStatus.FAILED)
    names = ("task", "status")
    return [
        Metric("jobs", "Jobs that are kept, by task and status.", by_task_and_status, names),
        _one("oldest_waiting_job_seconds", "How long the oldest job that is due waits.", oldest),
        _one("dead_letters", "Jobs that have failed for good.", dead),
    ]


async def payments(session: Reading) -> list[Metric]:
    """Measure payments whose process has left them, and that nobody has taken up yet."""
    row = await _LEFT_PAYMENTS.row(session, now=utcnow())
    left = float(row[0]) if row else 0.0
    return [_one("payments_past_lease", "Payments left pending past their lease.", left)]


async def connections(session: Reading) -> list[Metric]:
    """Measure the database connections of the process that answers."""
    pool = session.pool()
    return [
        _one("pool_connections", "Database connections of this process.", pool["pool_size"]),
        _one("pool_idle", "Those of them that nobody uses.", pool["pool_available"]),
        _one("pool_waiting", "Requests that wait for one.", pool.get("requests_waiting", 0)),
    ]


COLLECTORS: list[Collect] = [events, jobs, payments, connections]


async def collect(session: Reading) -> list[Metric]:
    """Ask all of them, one after the other, on one connection."""
    return [metric for each in COLLECTORS for metric in await each(session)]
