"""The queue: every task that a job can name, and when the clock queues one."""

from collections.abc import Awaitable, Callable

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector

from trastienda.jobs import mail, retries, sweeps
from trastienda.services import job_queue
from trastienda.settings import Settings

ALONE = frozenset({sweeps.TASK})
"""Queues of which a node does one job at a time, beside all others."""
MISSED = 86_400.0
"""Seconds: a run by the clock that nobody was there for is made up for, once, within a day."""


def queue(settings: Settings) -> App:
    """Make the queue, not yet connected; each is connected once."""
    app = App(connector=PsycopgConnector(), periodic_defaults={"max_delay": MISSED})
    task(app, mail.TASK, mail.RETRIES, mail.sending(settings))
    _hourly(app, sweeps.TASK, sweeps.RETRIES, sweeps.forget)
    return app


def task(
    app: App, name: str, retry: BaseRetryStrategy, work: Callable[..., Awaitable[object]]
) -> None:
    """Register a task, whose queue has its name. It may run twice, and has one effect."""
    app.task(name=name, queue=name, retry=retry, pass_context=True)(_noted(work))


def _hourly(
    app: App, name: str, retry: BaseRetryStrategy, work: Callable[[], Awaitable[object]]
) -> None:
    """Register a task that is queued each hour: by one of all nodes, and never behind itself."""

    async def due(timestamp: int) -> None:
        _ = timestamp
        await work()

    registered = app.task(
        name=name,
        queue=name,
        lock=name,
        queueing_lock=name,
        priority=job_queue.BULK,
        retry=retry,
        pass_context=True,
    )(_noted(due))
    app.periodic(cron="0 * * * *")(registered)


def _noted(work: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[None]]:
    async def run(context: JobContext, failure: object = None, **given: object) -> None:
        """Do the work. `failure` is that of an earlier try, which is kept beside what is given."""
        _ = failure
        try:
            await work(**given)
        except Exception as error:
            await retries.note(context.job.id or 0, error)
            raise

    return run
