import sys
from functools import partial

import typer

from trastienda.commands.connection import run
from trastienda.controllers.mail import mail as mail_in_shop
from trastienda.database.db import utcnow

mail = typer.Typer(help="Letters of the shop.", no_args_is_help=True)


@mail.callback()
def group() -> None:
    """Keep `bounce` a subcommand: Typer would merge a group with a single command into it."""


@mail.command()
def bounce() -> None:
    """Take in, from standard input, the report of a mail server that a letter came back.

    Example: `trastienda mail bounce < message`
    """
    told = run(partial(mail_in_shop.bounce, sys.stdin.buffer.read(), utcnow()))
    typer.echo(f"{told.bounced} bounced, {told.suppressed} suppressed")
