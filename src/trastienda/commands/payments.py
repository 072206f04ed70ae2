import typer

from trastienda import settings as environment
from trastienda.commands.connection import run
from trastienda.commands.failures import say
from trastienda.controllers.payments import providers
from trastienda.index import prepared
from trastienda.process import ring

payments = typer.Typer(
    help="Payment providers and their credentials.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@payments.callback()
def group() -> None:
    """Keep `rotate` a command of a group that others will join."""


@payments.command()
def rotate() -> None:
    """Encrypt the credentials of all payment providers with the newest secret.

    Start all nodes with the new `TRASTIENDA_SECRET` and the old one in `TRASTIENDA_OLD_SECRETS`,
    run this, and take the old one away. Ends with 1 if credentials need a secret that is not there.

    Example: `trastienda payments rotate`
    """
    keys = ring(prepared(environment.read()))
    anew, lost = run(lambda: providers.rotate(keys))
    say(f"Encrypted anew: {', '.join(anew) or 'nothing'}.")
    if lost:
        say(f"Their secret is not in TRASTIENDA_OLD_SECRETS: {', '.join(lost)}.")
        raise typer.Exit(1)
