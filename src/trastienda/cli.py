"""`trastienda …`: the command line. Further groups are added with `app.add_typer`."""

import json
import sys
from os import environ
from pathlib import Path
from pkgutil import resolve_name
from typing import Annotated

import typer
from typer import Option

from trastienda import index, settings
from trastienda.commands import env_file as environment
from trastienda.commands import node
from trastienda.commands.backups import backup, restore
from trastienda.commands.failures import FAILED, in_one_line, say
from trastienda.commands.jobs import jobs
from trastienda.commands.keys import keys
from trastienda.commands.ledger import ledger
from trastienda.commands.mail import mail
from trastienda.commands.payments import payments
from trastienda.commands.seed import seed
from trastienda.commands.staff import staff
from trastienda.node import doctor as health

app = typer.Typer(
    help="The backend of an online shop. Settings come from the environment: see the README.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.add_typer(keys, name="keys")
app.add_typer(jobs, name="jobs")
app.add_typer(staff, name="staff")
app.add_typer(ledger, name="ledger")
app.add_typer(mail, name="mail")
app.add_typer(payments, name="payments")
for command in (seed, backup, restore):
    app.command()(command)


@app.callback()
def settled(
    env_file: Annotated[
        Path | None,
        Option(help="take settings from this file, as systemd's EnvironmentFile= does"),
    ] = None,
) -> None:
    """Take the settings of the file before any command, in place of those of the environment."""
    if env_file:
        environ.update(environment.read(env_file))


@app.command()
def up(
    *,
    demo: Annotated[bool, Option("--demo", help="fill an empty shop with a demonstration")] = False,
) -> None:
    """Run everything: the database, its migrations, certificates, web and job workers.

    Example: `TRASTIENDA_PORT=9443 trastienda up --demo`
    """
    node.up(demo=demo)


@app.command()
def serve() -> None:
    """Run the web workers alone, where another machine runs the jobs and the migrations.

    Example: `DATABASE_URL=postgresql://shop@db/shop trastienda serve`
    """
    node.serve()


@app.command()
def worker() -> None:
    """Run the job worker alone: mail, sweeps, and what else happens after the answer.

    Example: `DATABASE_URL=postgresql://shop@db/shop trastienda worker`
    """
    node.worker()


@app.command()
def migrate() -> None:
    """Bring the database up to date; ten machines may do it at once.

    Example: `DATABASE_URL=postgresql://shop@db/shop trastienda migrate`
    """
    index.migrate(settings.read(), say)


@app.command()
def doctor() -> None:
    """Check settings, data folder, database, ports, certificate and clock; say what to do.

    Example: `trastienda doctor || echo "something is wrong"`
    """
    findings = list(health.examine(settings.read()))
    for finding in findings:
        typer.echo(finding)
    if any(finding.remedy for finding in findings):
        raise typer.Exit(FAILED)


@app.command()
def openapi() -> None:
    """Print the OpenAPI document, for generators of clients.

    Example: `trastienda openapi > openapi.json`
    """
    described = resolve_name("trastienda.application:described")(settings.read())
    sys.stdout.write(json.dumps(described, indent=2) + "\n")


def main() -> None:
    """Run a command. What a user can mend is one line, never a traceback."""
    with in_one_line():
        app()
