"""The metrics of the shop, measured by short queries when they are requested.

Whoever adds something that can wait or fail adds its query to `COLLECTORS`.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from trastienda.database.db import Reading, prepared, utcnow
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.webhooks.webhook import DeliveryState
from trastienda.schemas.jobs.job import JobStatus
from trastienda.services.accounts import security
from trastienda.services.events import feed, relay
from trastienda.services.jobs import listing as job_list
from trastienda.services.jobs import neglect as job_neglect

_WAITING = f"'{PaymentState.REQUIRES_ACTION}', '{PaymentState.PROCESSING}'"
# Each part reads a partial index, of what is hardly ever there.
_PAYMENTS = prepared(f"""
    SELECT (SELECT count(*) FROM payment_attempts
            WHERE state = '{PaymentState.STARTED}' AND leased_until < %(now)s)::float8,
        (SELECT count(*) FROM (
            SELECT id FROM payment_attempts
            WHERE state = '{PaymentState.STARTED}' AND leased_until < %(late)s
            UNION SELECT id FROM payment_attempts
            WHERE state IN ({_WAITING}) AND held_until < %(late)s
            UNION SELECT id FROM payment_attempts WHERE check_at < %(late)s) AS late)::float8,
        (SELECT count(*) FROM payment_attempts
         WHERE captured > refunded AND order_id IS NULL)::float8,
        (SELECT count(*) FROM payment_attempts WHERE doubt IS NOT NULL)::float8
""")
LATE = timedelta(minutes=15)
"""After how long a payment that nobody has settled is counted."""

_WEBHOOKS = prepared(f"""
    SELECT count(*) FILTER (WHERE failures = 0), count(*) FILTER (WHERE failures > 0),
        coalesce(extract(epoch FROM %(now)s - min(created_at)), 0)::float8
    FROM webhook_deliveries WHERE state = '{DeliveryState.PENDING}'
""")
_TROUBLED = prepared("""
    SELECT count(*) FILTER (WHERE resting_until IS NOT NULL),
        count(*) FILTER (WHERE disabled IS NOT NULL)
    FROM webhooks
""")
_MAILS = prepared("""
    SELECT state, count(*) FROM letters_sent
    WHERE created_at > %(since)s GROUP BY state ORDER BY state
""")
DAY = timedelta(days=1)


class Metric(NamedTuple):
    """A metric with its values, each under the values of its labels."""

    name: str
    meaning: str
    values: Sequence[tuple[tuple[str, ...], float]]
    labels: tuple[str, ...] = ()
    counts: bool = False
    """Whether it is a counter, which only grows."""


Collect = Callable[[Reading], Awaitable[list[Metric]]]


def _one(name: str, meaning: str, value: float, *, counts: bool = False) -> Metric:
    return Metric(name, meaning, [((), value)], counts=counts)


async def events(session: Reading) -> list[Metric]:
    """Measure the outbox: events that wait for their position."""
    lag = await relay.lag(session, utcnow())
    last = float(await feed.last(session))
    return [
        _one("outbox_waiting_events", "Events that wait to be relayed.", lag.events),
        _one("outbox_lag_seconds", "How long the oldest of them waits.", max(0.0, lag.seconds)),
        _one("events", "Events relayed since the shop began.", last, counts=True),
    ]


async def jobs(session: Reading) -> list[Metric]:
    """Measure the queue of jobs, and the jobs that failed for good."""
    counts = await job_list.counts(session)
    by_task_and_status = [((it.task, it.status.value), float(it.jobs)) for it in counts]
    oldest = max((it.oldest_seconds for it in counts), default=0.0)
    dead = sum(it.jobs for it in counts if it.status is JobStatus.FAILED)
    names = ("task", "status")
    return [
        Metric("jobs", "Jobs that are kept, by task and status.", by_task_and_status, names),
        _one("oldest_waiting_job_seconds", "How long the oldest job that is due waits.", oldest),
        _one(
            "neglected_job_seconds",
            "How long a job has been due in a queue where no worker does anything.",
            await job_neglect.longest(session),
        ),
        _one("dead_letters", "Jobs that have failed for good.", dead),
    ]


async def payments(session: Reading) -> list[Metric]:
    """Measure payments that wait for longer than they should, or that fit nothing."""
    now = utcnow()
    left, unsettled, bare, doubted = (
        await _PAYMENTS.row(session, now=now, late=now - LATE) or (0,) * 4
    )
    return [
        _one("payments_past_lease", "Payments left pending past their lease.", left),
        _one("payments_unsettled", "Payments whose time to be settled is long over.", unsettled),
        _one("payments_without_order", "Captured payments without order or refund.", bare),
        _one("payments_doubtful", "Payments of which a provider says what does not fit.", doubted),
    ]


async def webhooks(session: Reading) -> list[Metric]:
    """Measure the deliveries that wait, and the endpoints that do not accept them."""
    fresh, failed, oldest = await _WEBHOOKS.row(session, now=utcnow()) or (0, 0, 0.0)
    resting, disabled = await _TROUBLED.row(session) or (0, 0)
    waiting = [(("first",), float(fresh)), (("again",), float(failed))]
    troubled = [(("resting",), float(resting)), (("disabled",), float(disabled))]
    return [
        Metric("webhook_deliveries_waiting", "Deliveries that wait, by try.", waiting, ("try",)),
        _one("oldest_webhook_delivery_seconds", "How long the oldest waits.", max(0.0, oldest)),
        Metric("webhooks_in_trouble", "Endpoints that fail for long.", troubled, ("state",)),
    ]


async def mails(session: Reading) -> list[Metric]:
    """Count the mails of the last day by state."""
    rows = await _MAILS.rows(session, since=utcnow() - DAY)
    by_state = [((state,), float(many)) for state, many in rows]
    meaning = "Letters of the last 24 hours, by what became of them."
    return [Metric("letters_last_day", meaning, by_state, ("state",))]


async def security_events(session: Reading) -> list[Metric]:
    """Count the security events of all processes."""
    counts = await security.totals(session)
    by_kind = [((kind.value,), float(many)) for kind, many in counts.items()]
    meaning = "Security events since the shop began, by kind."
    return [Metric("security_events", meaning, by_kind, ("kind",), counts=True)]


async def connections(session: Reading) -> list[Metric]:
    """Measure the database connections of the process that answers."""
    pool = session.pool()
    return [
        _one("pool_connections", "Database connections of this process.", pool["pool_size"]),
        _one("pool_idle", "Those of them that nobody uses.", pool["pool_available"]),
        _one("pool_waiting", "Requests that wait for one.", pool.get("requests_waiting", 0)),
    ]


COLLECTORS: list[Collect] = [
    events,
    jobs,
    payments,
    webhooks,
    mails,
    security_events,
    connections,
]


async def collect(session: Reading) -> list[Metric]:
    """Collect all metrics, one after the other, on one connection."""
    return [metric for each in COLLECTORS for metric in await each(session)]
