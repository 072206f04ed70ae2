"""Counts what the application asks of PostgreSQL."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from psycopg import AsyncCursor
from psycopg.pq.abc import PGresult

from trastienda.database.driver import Call, Statements

CLOCKWORK = {
    "fresh channels and providers",
    "waking relays",
    "looking for events",
    "counting security events",
    "last use",
}


class Counting(AsyncCursor[Any]):
    """Keeps what was executed, so that a test can count statements.

    What the application does by the clock, or later in a task of its own, belongs to no request.
    """

    ran: ClassVar[list[str]] = []

    @classmethod
    def count(cls, query: str) -> None:
        task = asyncio.current_task()
        if task is None or task.get_name() not in CLOCKWORK:
            cls.ran.append(query)

    async def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        self.count(str(query))
        return await super().execute(query, *args, **kwargs)


class CountingPrepared(Statements):
    """Keeps the prepared ones in the same place."""

    async def begin(self) -> None:
        Counting.count("BEGIN")
        await super().begin()

    async def run_all(self, calls: Sequence[Call], *, commit: bool = False) -> list[PGresult]:
        for call in calls:
            Counting.count(call.text.decode())
        return await super().run_all(calls, commit=commit)

    async def run(self, text: bytes, places: Sequence[Any]) -> PGresult:
        if not self.begins:  # else it counts as one of several
            Counting.count(text.decode())
        return await super().run(text, places)


def without_frames(statements: list[str]) -> list[str]:
    return [it for it in statements if it not in {"BEGIN", "COMMIT", "ROLLBACK"}]
