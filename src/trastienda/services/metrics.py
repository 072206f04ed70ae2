"""What is measured when somebody asks: one small question for each thing, none kept between.

Who adds something that waits or fails adds its question to `COLLECTORS`.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from trastienda.database.db import Reading, prepared, utcnow
from trastienda.schemas.job import JobStatus
from trastienda.services import job_list, relay

_LAST = prepared("SELECT last FROM outbox")
_LEFT_PAYMENTS = prepared("""
    SELECT count(*) FROM payment_attempts WHERE state = 'pending' AND leased_until < %(now)s
""")

_WEBHOOKS = prepared("""
    SELECT count(*) FILTER (WHERE failures = 0), count(*) FILTER (WHERE failures > 0),
        coalesce(extract(epoch FROM %(now)s - min(created_at)), 0)::float8
    FROM webhook_deliveries WHERE state = 'pending'
""")
_TROUBLED = prepared("""
    SELECT count(*) FILTER (WHERE resting_until IS NOT NULL),
        count(*) FILTER (WHERE disabled IS NOT NULL)
    FROM webhooks
""")
_LETTERS = prepared("""
    SELECT state, count(*) FROM letters_sent
    WHERE created_at > %(since)s GROUP BY state ORDER BY state
""")
DAY = timedelta(days=1)


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


async def webhooks(session: Reading) -> list[Metric]:
    """Measure what waits to be delivered, and which endpoints do not take it."""
    fresh, failed, oldest = await _WEBHOOKS.row(session, now=utcnow()) or (0, 0, 0.0)
    resting, disabled = await _TROUBLED.row(session) or (0, 0)
    waiting = [(("first",), float(fresh)), (("again",), float(failed))]
    troubled = [(("resting",), float(resting)), (("disabled",), float(disabled))]
    return [
        Metric("webhook_deliveries_waiting", "Deliveries that wait, by try.", waiting, ("try",)),
        _one("oldest_webhook_delivery_seconds", "How long the oldest waits.", max(0.0, oldest)),
        Metric("webhooks_in_trouble", "Endpoints that fail for long.", troubled, ("state",)),
    ]


async def letters(session: Reading) -> list[Metric]:
    """Measure what became of the letters of the last day."""
    rows = await _LETTERS.rows(session, since=utcnow() - DAY)
    by_state = [((state,), float(many)) for state, many in rows]
    meaning = "Letters of the last 24 hours, by what became of them."
    return [Metric("letters_last_day", meaning, by_state, ("state",))]


async def connections(session: Reading) -> list[Metric]:
    """Measure the database connections of the process that answers."""
    pool = session.pool()
    return [
        _one("pool_connections", "Database connections of this process.", pool["pool_size"]),
        _one("pool_idle", "Those of them that nobody uses.", pool["pool_available"]),
        _one("pool_waiting", "Requests that wait for one.", pool.get("requests_waiting", 0)),
    ]


COLLECTORS: list[Collect] = [events, jobs, payments, webhooks, letters, connections]


async def collect(session: Reading) -> list[Metric]:
    """Ask all of them, one after the other, on one connection."""
    return [metric for each in COLLECTORS for metric in await each(session)]
