"""The queue: every task that a job can name, and the tasks that the clock queues."""

from collections.abc import Awaitable, Callable

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector

from trastienda.jobs import invoices, mail, retries, sweeps
from trastienda.jobs.imports import importing
from trastienda.jobs.media import rendering, sweeping
from trastienda.services.jobs import queue as job_queue
from trastienda.services.media import store
from trastienda.settings import Settings

ALONE = frozenset({sweeps.TASK, rendering.TASK, importing.TASK})
"""Queues of which a node runs one job at a time, beside all others."""
HOURLY, NIGHTLY = "0 * * * *", "20 3 * * *"
MISSED = 86_400.0
"""Seconds: a periodic run that no node was there for is made up for once, within a day."""


def queue(settings: Settings) -> App:
    """Return the queue, not yet connected; each is connected once."""
    app = App(connector=PsycopgConnector(), periodic_defaults={"max_delay": MISSED})
    task(app, mail.TASK, mail.RETRIES, mail.sending(settings))
    task(app, invoices.ISSUE, invoices.RETRIES, invoices.issue)
    task(app, invoices.FILES, invoices.RETRIES, invoices.writing(settings))
    task(app, invoices.RECORDS, invoices.RETRIES, invoices.handing_over(settings))
    pictures = store.opened(settings.data, settings.media_url)
    task(app, rendering.TASK, rendering.RETRIES, rendering.rendering(pictures))
    task(app, importing.TASK, importing.RETRIES, importing.work)
    _by_clock(app, HOURLY, sweeps.TASK, sweeps.forget)
    _by_clock(app, NIGHTLY, sweeping.TASK, sweeping.sweeping(pictures))
    return app


def task(
    app: App, name: str, retry: BaseRetryStrategy, work: Callable[..., Awaitable[object]]
) -> None:
    """Register a task, with a queue of the same name. It must tolerate running twice."""
    app.task(name=name, queue=name, retry=retry, pass_context=True)(_noted(work))


def _by_clock(app: App, cron: str, name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Register a task that one node queues by the clock, unless the last run is still waiting."""

    async def due(timestamp: int) -> None:
        _ = timestamp
        await work()

    registered = app.task(
        name=name,
        queue=name,
        lock=name,
        queueing_lock=name,
        priority=job_queue.BULK,
        retry=sweeps.RETRIES,
        pass_context=True,
    )(_noted(due))
    app.periodic(cron=cron)(registered)


def _noted(work: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[None]]:
    async def run(context: JobContext, failure: object = None, **given: object) -> None:
        """Do the work. `failure`, of an earlier attempt, is stored among the arguments."""
        _ = failure
        try:
            await work(**given)
        except Exception as error:
            await retries.note(context.job.id or 0, error)
            raise

    return run
