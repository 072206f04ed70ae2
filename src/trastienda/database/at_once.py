"""Transactions that end with the message that does their work, if nothing is to be refused.

Whether something is, is told by the statements themselves: a division by zero ends a transaction.
Who calls `at_once` goes on in the usual way then, and finds the reason. See docs/decisions/0036.
"""

from typing import LiteralString

from psycopg.errors import DivisionByZero

from trastienda.database.db import Session
from trastienda.database.driver import Answer, Call


class Unsure(Exception):
    """Nothing was kept: what is to be kept, or said, has to be decided here."""


def sure(condition: LiteralString) -> LiteralString:
    """Return an SQL expression that is 1 if a condition holds, and ends the transaction if not."""
    return f"(1 / ({condition})::int)"


async def at_once(session: Session, *calls: Call) -> list[Answer]:
    """Run the statements of a `brief` transaction and commit, in one message.

    Raise the first error, or Unsure: then the session is a new transaction, and not brief.
    """
    statements, session.brief = session.driver.statements, False
    try:
        return statements.answers(await statements.run_all(calls, commit=True))
    except DivisionByZero as zero:
        await session.begin_again()
        raise Unsure from zero
