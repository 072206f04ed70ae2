"""When a failed job is tried again, and what is recorded about the failure."""

import random
import traceback
from asyncio import CancelledError
from contextlib import suppress

import psycopg
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from trastienda.controllers.jobs import jobs
from trastienda.errors import ShopError, Unavailable
from trastienda.services.jobs.queue import Failure
from trastienda.services.mail.attempts import LEASE, LetterInHand

PASSING = (Unavailable, psycopg.OperationalError, DBAPIError)
"""Failures that may pass. Anything else is a bug, and would fail again."""
JITTER = (0.8, 1.2)


class Backoff(BaseRetryStrategy):
    """Waits longer after each failure that may pass, with jitter to spread the retries.

    A job that was interrupted because its worker stopped is run again at once.
    """

    def __init__(
        self,
        retries: int,
        first: float,
        factor: float = 3.0,
        longest: float = 86_400.0,
        passing: tuple[type[BaseException], ...] = PASSING,
    ) -> None:
        """Retry `retries` times, `first` seconds after the first failure and at most `longest`."""
        self._retries, self._first, self._factor = retries, first, factor
        self._longest, self._passing = longest, passing

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, or None: the job has then failed for good."""
        if isinstance(exception, CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        pause = self.pause(exception, job.attempts)
        if pause is None:
            return None
        return RetryDecision(retry_in={"milliseconds": round(pause * 1_000)})

    def pause(self, error: BaseException, attempts: int) -> float | None:
        """Return for how many seconds to wait after so many earlier attempts; None: for ever."""
        if attempts >= self._retries or not isinstance(error, self._passing):
            return None
        wait = min(self._first * self._factor**attempts, self._longest)
        if isinstance(error, LetterInHand):
            wait = LEASE
        return wait * random.uniform(*JITTER)  # noqa: S311 - only jitter


def told(error: BaseException) -> str:
    """Describe an error without its text, which may hold addresses, passwords or rows.

    Our own errors have a title; for others, the place where they were raised is named.
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


def failure(error: BaseException) -> Failure:
    """Return what is kept about an error."""
    return Failure(type(error).__name__, told(error))


async def note(job_id: int, error: Exception) -> None:
    """Record the error with the job. While the database is away, nothing is recorded."""
    with suppress(Unavailable, psycopg.Error, SQLAlchemyError):
        await jobs.note(job_id, failure(error))
