from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as replaced
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from typer import Argument, Option

from trastienda import index
from trastienda import settings as environment
from trastienda.commands.failures import say
from trastienda.database import migrations, naming
from trastienda.postgres import backups
from trastienda.postgres.application import Application
from trastienda.postgres.backups import Meter
from trastienda.services.media import store
from trastienda.settings import Settings
from trastienda.system.processes import stopped_by_signals

NOT_IN_IT = "Not in it: $TRASTIENDA_DATA/secret and the keys in tls/. Keep those apart from it."
SHOP = Application(
    name="trastienda",
    version=version("trastienda"),
    content="shop",
    revision_table="alembic_version",
    migration_lock=migrations.LOCK,
    is_known=migrations.known,
    upgrade=migrations.upgrade,
)


def backup(
    file: Annotated[Path, Argument(help="where to; replaced once the new one is whole")],
) -> None:
    """Write the database and the pictures into one file that only we may read; the shop stays open.

    Example: `trastienda backup shop-$(date +%F).backup`
    """
    with _undisturbed(), index.database(index.prepared(environment.read()), say) as settings:
        shop = replaced(SHOP, files=_pictures(settings))
        with _progress("backup") as meter:
            manifest = backups.take(shop, index.direct(settings), file, meter)
        size = file.stat().st_size
        say(f"{file}: {len(manifest.tables)} tables, {manifest.rows:,} rows, {size:,} bytes.")
        say(NOT_IN_IT)
        if settings.media_url:
            say(f"Nor the pictures: they are in {settings.media_url}.")


def restore(
    file: Annotated[Path, Argument(help="what `trastienda backup` has written")],
    *,
    replace: Annotated[bool, Option("--replace", help="a shop that is there is lost")] = False,
) -> None:
    """Make the shop what it was when the backup was taken, then bring it up to date.

    The first line says which database that is. It is one transaction: a damaged file, a refusal
    or a crash changes nothing. Stop the shop first.

    Example: `trastienda restore shop-2026-11-24.backup`
    """
    given = environment.read()
    shop = replaced(SHOP, database=naming.named(given))
    say(f"Restoring into {shop.database}.")
    with _undisturbed(), index.database(index.prepared(given), say) as settings:
        url = index.direct(settings)
        with _progress("restore") as meter:
            shop = replaced(shop, files=_pictures(settings))
            found = backups.put_back(shop, url, file, meter, replace=replace)
        say(
            f"Restored the shop of {found.taken_at:%Y-%m-%d %H:%M} UTC: {len(found.tables)} tables,"
            f" {found.rows:,} rows, each as it was."
        )


def _pictures(settings: Settings) -> Path | None:
    return None if settings.media_url else settings.data / store.FOLDER


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Turn Ctrl-C into an orderly end with its own exit code."""
    finished = False
    with stopped_by_signals():
        yield
        finished = True
    if not finished:
        say("Stopped.")
        raise typer.Exit(1)


@contextmanager
def _progress(label: str) -> Iterator[Meter]:
    console = Console(stderr=True)
    columns = TextColumn(label), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total or None)
