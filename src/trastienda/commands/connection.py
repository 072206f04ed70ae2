"""How commands get a database connection."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from trastienda import index
from trastienda import settings as environment
from trastienda.commands.failures import FAILED, say
from trastienda.database import migrations
from trastienda.database.db import Database
from trastienda.errors import ShopError
from trastienda.process import opened
from trastienda.settings import Settings

T = TypeVar("T")
ONE = 2  # connections: the smallest size that a pool may have


def lay_out(table: Table) -> None:
    """Print a table without markup: `[red]` in a name is text, not a colour."""
    Console(markup=False, emoji=False).print(table)


def run(work: Callable[[], Awaitable[T]], *, migrated: bool = False) -> T:
    """Run `work` with the database of the settings, or else the embedded one.

    A refusal of the shop ends the command with one line. With `migrated`, the database is brought
    up to date first.
    """
    with index.database(index.prepared(environment.read()), say) as settings:
        if migrated:
            migrations.upgrade(index.direct(settings))
        migrations.await_others(index.direct(settings), 0, say)
        try:
            return asyncio.run(_connected(settings, work))
        except ShopError as refusal:
            told = (fact for name, fact in refusal.facts.items() if name != "pointer")
            facts = ", ".join(map(str, told))
            say(f"{type(refusal).__doc__}{f' ({facts})' if facts else ''}")
            raise typer.Exit(FAILED) from None


async def _connected(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    async with opened(settings, Database(settings.database_url or "", ONE)):
        return await work()
