from functools import partial
from typing import Annotated

import typer
from rich.table import Table
from typer import Argument, Option

from trastienda.commands.connection import lay_out, run, say
from trastienda.controllers.accounts import users
from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.services.accounts.users import Account
from trastienda.services.accounts.users import staff as everybody

staff = typer.Typer(help="People who run the shop.", no_args_is_help=True)


@staff.command()
def add(
    email: Annotated[str, Argument(help="the address they log in with")],
    role: Annotated[Role, Option(help="what they may do")] = Role.OWNER,
    name: Annotated[str | None, Option(help="what they are called")] = None,
) -> None:
    """Add a member of staff and print a first password, alone, on standard output.

    A customer with this address gets the role and the new password, and is logged out everywhere.

    Example: `trastienda staff add ana@shop.example --role manager`
    """
    called = name or email.partition("@")[0]
    typer.echo(run(partial(users.appoint, email, called, role, utcnow())))


@staff.command("list")
def list_() -> None:
    """List the members of staff, with their roles.

    Example: `trastienda staff list`
    """
    table = Table("e-mail", "name", "role", "id")
    for member in run(_everybody):
        table.add_row(member.email, member.name, member.role, str(member.id))
    lay_out(table)


@staff.command()
def remove(
    member: Annotated[str, Argument(help="their address, or the id that `staff list` shows")],
) -> None:
    """Take role, sessions and keys from a member of staff, who stays a customer.

    Only keys made with `keys create --staff` are known to be theirs. The last owner cannot be
    removed.

    Example: `trastienda staff remove ana@shop.example`
    """
    email, revoked = run(partial(users.dismiss, member, utcnow()))
    say(f"{email} is no longer staff, and logged out everywhere; {revoked} keys are revoked.")


async def _everybody() -> list[Account]:
    async with reading() as session:
        return await everybody(session)
