"""Asks external services between two attempts of a use-case, outside of any transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ParamSpec, TypeVar

from trastienda.database.db import transaction, use_case, utcnow
from trastienda.schemas.outside.outside import Answer, Question
from trastienda.services import outside
from trastienda.services.outside import quotes
from trastienda.services.outside.questions import key

P = ParamSpec("P")
R = TypeVar("R")


async def quoted(work: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work`; if it lacks answers of external services, ask them and run it again.

    All questions together share one deadline. If an answer is still missing, `work` runs without
    it, and decides what that means.
    """
    services = outside.current()
    if services is None or not services.places:
        return await work(*args, **kwargs)
    with quotes.asking() as asked:
        ends_at: float | None = None
        while True:
            try:
                return await work(*args, **kwargs)
            except quotes.QuotesWanted as wanted:
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
    except TimeoutError:  # late answers are stored for the next request
        return


@use_case
async def _keep(question: Question, answer: Answer) -> None:
    async with transaction() as session:
        await quotes.keep(session, question, answer, utcnow())
