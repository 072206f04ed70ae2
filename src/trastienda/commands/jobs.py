from datetime import datetime
from functools import partial
from typing import Annotated

import typer
from rich.table import Table
from typer import Argument, Option

from trastienda.commands.connection import lay_out, run
from trastienda.commands.failures import say
from trastienda.controllers.jobs import jobs as controller
from trastienda.database.db import reading
from trastienda.schemas.jobs.job import JobCount, JobPage, JobStatus, JobView
from trastienda.services.jobs import listing as job_list

jobs = typer.Typer(
    help="What waits to be done after the answer, and what was given up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
Number = Annotated[int, Argument(help="the number that `jobs list` shows", min=1)]


@jobs.command("list")
def list_(
    status: Annotated[JobStatus | None, Option(help="only these; `failed`: dead letters")] = None,
    task: Annotated[str | None, Option(help="only those of this task")] = None,
    limit: Annotated[int, Option(help="how many, the newest first", min=1, max=1_000)] = 50,
) -> None:
    """List jobs, the newest first. Those that have succeeded are not kept.

    Example: `trastienda jobs list --status failed`
    """
    table = Table("job", "task", "status", "tries", "due (UTC)", "last failure")
    for job in run(partial(_page, status, task, limit)).items:
        why = job.failure.kind if job.failure else ""
        row = job.id, job.task, job.status, job.attempts, job.due_at, why
        table.add_row(*map(_text, row))
    lay_out(table)


@jobs.command()
def show(job: Number) -> None:
    """Show all that is known of a job, and why its last try failed.

    Example: `trastienda jobs show 4711`
    """
    found = run(partial(_view, job))
    table = Table(show_header=False)
    for name in ("id", "task", "status", "priority", "attempts", "queued_at", "due_at", "event_id"):
        table.add_row(name.replace("_", " "), _text(getattr(found, name)))
    if found.failure:
        table.add_row("failed at", _text(found.failure.at))
        table.add_row("failure", found.failure.kind)
        table.add_row("reason", found.failure.reason)
        table.add_row("workers it killed", str(found.failure.deaths))
    lay_out(table)


@jobs.command()
def retry(
    job: Annotated[int | None, Argument(help="the number that `jobs list` shows", min=1)] = None,
    task: Annotated[str | None, Option(help="with --all-dead: only those of this task")] = None,
    *,
    all_dead: Annotated[bool, Option("--all-dead", help="every job that was given up")] = False,
) -> None:
    """Try again what was given up, one job or all of them.

    Example: `trastienda jobs retry --all-dead --task mail`
    """
    if (job is None) is not all_dead:
        raise typer.BadParameter("say which job, or --all-dead")
    if job is not None:
        run(partial(controller.retry, job))
    else:
        say(f"{run(partial(controller.retry_dead, task)):,} jobs are queued again.")


@jobs.command()
def cancel(job: Number) -> None:
    """Take a waiting job back.

    Example: `trastienda jobs cancel 4711`
    """
    run(partial(controller.cancel, job))


@jobs.command()
def stats() -> None:
    """Count jobs by task and status, and say how long the oldest has waited.

    Example: `trastienda jobs stats`
    """
    table = Table("task", "status", "jobs", "oldest waits")
    for count in run(_counts):
        waits = f"{count.oldest_seconds:,.0f} s" if count.status is JobStatus.TODO else ""
        table.add_row(count.task, count.status, f"{count.jobs:,}", waits)
    lay_out(table)


def _text(value: object) -> str:
    """Format a value: a moment in UTC and to the second."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value)


async def _page(status: JobStatus | None, task: str | None, limit: int) -> JobPage:
    async with reading() as session:
        return await job_list.page(session, status, task, limit, None)


async def _view(job: int) -> JobView:
    async with reading() as session:
        return await job_list.view(session, job)


async def _counts() -> list[JobCount]:
    async with reading() as session:
        return await job_list.counts(session)
