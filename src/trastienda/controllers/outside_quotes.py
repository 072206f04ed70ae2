"""Asking services outside between two tries of a use-case, while nothing is held."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ParamSpec, TypeVar

from trastienda.database.db import transaction, use_case, utcnow
from trastienda.schemas.outside import Answer, Question
from trastienda.services import outside, outside_quotes
from trastienda.services.outside.questions import key

P = ParamSpec("P")
R = TypeVar("R")


async def quoted(work: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do the work; what it misses of services outside is asked, and the work begun anew.

    All questions together have one deadline. What is not answered in time the work does without:
    it says what that means.
    """
    services = outside.current()
    if services is None or not services.places:
        return await work(*args, **kwargs)
    with outside_quotes.asking() as asked:
        ends_at: float | None = None
        while True:
            try:
                return await work(*args, **kwargs)
            except outside_quotes.QuotesWanted as wanted:
                questions = wanted.questions
            asked.rounds += 1
            asked.keys |= {key(it) for it in questions}
            now = asyncio.get_running_loop().time()
            ends_at = ends_at or now + services.deadline
            under_way = [services.ask(it, _keep) for it in questions]
            await _until(ends_at, under_way)


async def _until(ends_at: float, under_way: Sequence[Awaitable[None]]) -> None:
    try:
        async with asyncio.timeout_at(ends_at):
            await asyncio.gather(*under_way)
    except TimeoutError:  # whoever asks next finds what comes too late for us
        return


@use_case
async def _keep(question: Question, answer: Answer) -> None:
    async with transaction() as session:
        await outside_quotes.keep(session, question, answer, utcnow())
