"""Periodic work, which goes on whatever happens to the database."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from trastienda.errors import Unavailable

log = structlog.get_logger()


def reason(error: BaseException) -> str:
    """Return in one line why something failed."""
    return " ".join(str(error.__cause__ or error).split())


async def every(
    seconds: float,
    name: str,
    work: Callable[[], Awaitable[bool]],
    stopping: asyncio.Event,
    wake: asyncio.Event | None = None,
) -> None:
    """Do `work` until `stopping`, pausing for `seconds` unless it returns that there is more to do.

    `wake` ends a pause early. While the database is away, or `work` has a bug, it keeps trying and
    logs that once: other work in the process does not stop because of it.
    """
    failing = more = False
    while not stopping.is_set():
        try:
            more = await work()
        except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
            if not failing:
                log.warning("waiting for the database", work=name, reason=reason(error))
            failing, more = True, False
        except Exception:
            if not failing:
                log.exception("a work by the clock fails", work=name)
            failing, more = True, False
        else:
            if failing:
                log.info("it works again", work=name)
            failing = False
        if not more:
            await _pause(seconds, stopping, wake)


async def _pause(seconds: float, stopping: asyncio.Event, wake: asyncio.Event | None) -> None:
    ends = [asyncio.ensure_future(end.wait()) for end in (stopping, wake) if end is not None]
    try:
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for end in ends:
            end.cancel()
    if wake is not None:
        wake.clear()
