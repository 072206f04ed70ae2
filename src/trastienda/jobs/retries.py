"""When a job that failed is tried again, and what is kept of why it failed."""

import random
import traceback
from asyncio import CancelledError
from contextlib import suppress

import psycopg
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from trastienda.controllers import jobs
from trastienda.errors import ShopError, Unavailable
from trastienda.services.sent_letters import LEASE, LetterInHand

PASSING = (Unavailable, psycopg.OperationalError, DBAPIError)
"""What may be better later. Anything else is a mistake, and the same the next time."""
JITTER = (0.8, 1.2)


class Backoff(BaseRetryStrategy):
    """Wait longer after each failure that may pass, never as long as others who failed with us.

    A job that we stopped ourselves is done by whoever comes next, at once.
    """

    def __init__(
        self,
        retries: int,
        first: float,
        factor: float = 3.0,
        longest: float = 86_400.0,
        passing: tuple[type[BaseException], ...] = PASSING,
    ) -> None:
        """Retry so many times, `first` seconds after the first failure; `longest` is the most."""
        self._retries, self._first, self._factor = retries, first, factor
        self._longest, self._passing = longest, passing

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when, or None: then it is a dead letter."""
        if isinstance(exception, CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts >= self._retries or not isinstance(exception, self._passing):
            return None
        wait = min(self._first * self._factor**job.attempts, self._longest)
        if isinstance(exception, LetterInHand):
            wait = LEASE
        milliseconds = round(wait * random.uniform(*JITTER) * 1_000)  # noqa: S311 - only jitter
        return RetryDecision(retry_in={"milliseconds": milliseconds})


def told(error: BaseException) -> str:
    """Say why, without what texts of errors may hold: addresses, passwords, rows.

    Our own errors have a title; of others it is said where they were raised.
    """
    if isinstance(error, ShopError):
        return str(type(error).__doc__)
    state = f", SQLSTATE {error.sqlstate}" if isinstance(error, psycopg.Error) else ""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "trastienda" in frame.filename] or list(frames)
    if not ours:
        return f"raised nowhere{state}"
    _, _, file = ours[-1].filename.rpartition("trastienda/")
    return f"{file}, line {ours[-1].lineno}, in {ours[-1].name}{state}"


async def note(job_id: int, error: Exception) -> None:
    """Keep it with the job; when the database itself is away, the job's own end says enough."""
    with suppress(Unavailable, psycopg.Error, SQLAlchemyError):
        await jobs.note(job_id, type(error).__name__, told(error))
