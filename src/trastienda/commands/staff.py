from functools import partial
from typing import Annotated

import typer
from rich.table import Table
from typer import Argument, Option

from trastienda.commands.connection import lay_out, run
from trastienda.commands.failures import say
from trastienda.controllers.accounts import staff as controller
from trastienda.controllers.accounts import users
from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.accounts.staff import StaffView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.staff import everybody

staff = typer.Typer(help="People who run the shop.", no_args_is_help=True)
Member = Annotated[str, Argument(help="their address, or the id that `staff list` shows")]


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
        may = f"{member.role}, suspended" if member.suspended_at else member.role
        table.add_row(member.email, member.name, may, str(member.id))
    lay_out(table)


@staff.command()
def role(
    member: Member, role: Annotated[Role, Argument(help="what they may do from now on")]
) -> None:
    """Give a member of staff another role; they have to log in again.

    Where the new role has fewer rights, the keys made with `keys create --staff` are revoked.

    Example: `trastienda staff role ana@shop.example editor`
    """
    changed = run(partial(controller.change_role, member, role, None, Context(utcnow())))
    say(f"{changed.email} is {changed.role} now, and logged out everywhere.")


@staff.command()
def suspend(member: Member) -> None:
    """Keep a member of staff out until they are reinstated: sessions and keys end at once.

    Only keys made with `keys create --staff` are known to be theirs.

    Example: `trastienda staff suspend ana@shop.example`
    """
    changed = run(partial(controller.suspend, member, None, Context(utcnow())))
    say(f"{changed.email} is suspended and logged out everywhere; their keys are revoked.")


@staff.command()
def reinstate(member: Member) -> None:
    """Let a suspended member of staff log in again; they need new keys.

    Example: `trastienda staff reinstate ana@shop.example`
    """
    changed = run(partial(controller.reinstate, member, None, Context(utcnow())))
    say(f"{changed.email} can log in again.")


@staff.command()
def remove(member: Member) -> None:
    """Take role, sessions and keys from a member of staff, who stays a customer.

    Only keys made with `keys create --staff` are known to be theirs. The last owner cannot be
    removed.

    Example: `trastienda staff remove ana@shop.example`
    """
    email, revoked = run(partial(controller.dismiss, member, None, Context(utcnow())))
    say(f"{email} is no longer staff, and logged out everywhere; {revoked} keys are revoked.")


async def _everybody() -> list[StaffView]:
    async with reading() as session:
        return await everybody(session)
