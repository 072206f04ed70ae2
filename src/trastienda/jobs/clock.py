"""Doing something again and again, whatever happens to the database meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from trastienda.errors import Unavailable

log = structlog.get_logger()


def reason(error: BaseException) -> str:
    """Say in one line why something failed."""
    return " ".join(str(error.__cause__ or error).split())


async def every(
    seconds: float,
    what: str,
    work: Callable[[], Awaitable[bool]],
    stopping: asyncio.Event,
    wake: asyncio.Event | None = None,
) -> None:
    """Do `work` until `stopping`, with a pause unless it says that there is more to do.

    `wake` ends a pause early. While the database is away it goes on trying, and says so once; so it
    does after a mistake of ours: what else is done in this process does not stop for it.
    """
    failing = more = False
    while not stopping.is_set():
        try:
            more = await work()
        except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
            if not failing:
                log.warning("waiting for the database", work=what, reason=reason(error))
            failing, more = True, False
        except Exception:
            if not failing:
                log.exception("a work by the clock fails", work=what)
            failing, more = True, False
        else:
            if failing:
                log.info("it works again", work=what)
            failing = False
        if not more:
            await _pause(seconds, stopping, wake)


async def _pause(seconds: float, stopping: asyncio.Event, wake: asyncio.Event | None) -> None:
    ends = [asyncio.ensure_future(each.wait()) for each in (stopping, wake) if each is not None]
    try:
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in ends:
            each.cancel()
    if wake is not None:
        wake.clear()
