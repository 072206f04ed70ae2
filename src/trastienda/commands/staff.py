from functools import partial
from typing import Annotated

import typer
from typer import Argument, Option

from trastienda.commands.connection import run
from trastienda.controllers import users
from trastienda.database.db import utcnow
from trastienda.database.models.user import Role

staff = typer.Typer(help="People who run the shop.", no_args_is_help=True)


@staff.callback()
def group() -> None:
    """Keep `add` a word of its own: a group of one command would swallow it."""


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
