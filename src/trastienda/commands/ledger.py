import typer

from trastienda.commands.connection import run
from trastienda.commands.failures import say
from trastienda.database.db import reading
from trastienda.services.ledger import verification
from trastienda.services.ledger.verification import Verdict

ledger = typer.Typer(
    help="The ledger of money: double entry, for each order and in all.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@ledger.callback()
def group() -> None:
    """Keep `verify` a command of a group that others will join."""


@ledger.command()
def verify() -> None:
    """Recompute orders, payments and refunds from the ledger; name the first difference.

    Ends with 1 when there is one.

    Example: `trastienda ledger verify`
    """
    verdict = run(_verdict)
    if verdict.unbooked:
        say(f"{verdict.unbooked} orders are not in the ledger yet; the job worker books them.")
    if verdict.difference:
        found = verdict.difference
        say(
            f"{found.of}: {found.account} is {found.in_ledger} in the ledger,"
            f" and should be {found.expected}"
        )
        raise typer.Exit(1)
    say(f"The ledger agrees: {verdict.transactions} transactions.")


async def _verdict() -> Verdict:
    async with reading() as session:
        return await verification.verify(session)
