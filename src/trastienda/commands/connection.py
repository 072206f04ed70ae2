"""How a command that uses the database gets to it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from trastienda import index
from trastienda import settings as environment
from trastienda.database import migrations
from trastienda.database.db import Database, connected
from trastienda.errors import ShopError

T = TypeVar("T")
ONE = 2  # connections: the fewest a pool may have


def say(line: str) -> None:
    """Speak beside standard output, which is for the answer alone."""
    typer.echo(line, err=True)


def lay_out(table: Table) -> None:
    """Print a table as it is: in a name, `[red]` is a word and no colour."""
    Console(markup=False, emoji=False).print(table)


def run(work: Callable[[], Awaitable[T]], *, migrated: bool = False) -> T:
    """Do `work` with the database of the settings, or the embedded one, and leave it.

    A refusal of the shop is one line that ends the command. `migrated` brings the database up to
    date before.
    """
    with index.database(index.prepared(environment.read()), say) as settings:
        if migrated:
            migrations.upgrade(index.direct(settings))
        migrations.await_others(index.direct(settings), 0, say)
        try:
            return asyncio.run(_connected(settings.database_url or "", work))
        except ShopError as refusal:
            facts = ", ".join(str(fact) for fact in refusal.facts.values())
            say(f"{type(refusal).__doc__}{f' ({facts})' if facts else ''}")
            raise typer.Exit(1) from None


async def _connected(url: str, work: Callable[[], Awaitable[T]]) -> T:
    async with connected(Database(url, ONE)):
        return await work()
