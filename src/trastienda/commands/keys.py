from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

import typer
from rich.table import Table
from typer import Argument, Option

from trastienda.commands.connection import lay_out, run
from trastienda.controllers.accounts import keys as controller
from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.api_key import ApiKey
from trastienda.database.models.accounts.user import Role
from trastienda.services.accounts.keys import all_keys

keys = typer.Typer(help="Keys for programs.", no_args_is_help=True, rich_markup_mode="markdown")


@keys.command()
def create(
    name: Annotated[str, Option(help="what it is for")],
    role: Annotated[Role | None, Option(help="may do all that this role may")] = None,
    scope: Annotated[list[str] | None, Option(help="may do only this; repeatable")] = None,
    expires_days: Annotated[int | None, Option(help="days it is valid", min=1, max=3_650)] = None,
    staff: Annotated[
        str | None, Option(help="address or id of whose it is; it ends when they leave")
    ] = None,
) -> None:
    """Make a key and print it, alone, on standard output: it is never shown again.

    Example: `key=$(trastienda keys create --name erp --role manager --expires-days 365)`
    """
    now = utcnow()
    until = now + timedelta(days=expires_days) if expires_days else None
    typer.echo(run(partial(controller.create, name, role, scope or [], now, until, owner=staff)))


@keys.command("list")
def list_() -> None:
    """List all keys: what they are called, what they may do, and when they were last used.

    Example: `trastienda keys list`
    """
    table = Table("key", "name", "may", "made", "last used", "ends")
    for key in run(_every):
        may = ", ".join(key.scopes) or key.role or ""
        ends = "revoked" if key.revoked_at else _day(key.expires_at)
        used = _day(key.last_used_at)
        table.add_row(key.prefix, key.name, may, _day(key.created_at), used, ends)
    lay_out(table)


@keys.command()
def revoke(key: Annotated[str, Argument(help="the 12 characters that `keys list` shows")]) -> None:
    """Make a key useless from its next request on.

    Example: `trastienda keys revoke 0123456789ab`
    """
    run(partial(controller.revoke, key, utcnow()))


async def _every() -> list[ApiKey]:
    async with reading() as session:
        return list(await all_keys(session))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"
