"""The pool of a process's connections."""

import time
from typing import Any, TypeVar

from psycopg import AsyncConnection, AsyncCursor
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow, tuple_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests
from psycopg_pool.base import AttemptWithBackoff

from trastienda.database.driver import Driver, Statements
from trastienda.database.failures import DatabaseAway

WAIT_FOR_CONNECTION = 20.0  # seconds before a request without a connection is refused


C = TypeVar("C", bound=AsyncConnection[Any])


class Steady(AttemptWithBackoff):
    """Reconnects at a constant pace, however long the server is away.

    The driver doubles its pauses: after an outage of a minute, it would try again a minute later.
    """

    DELAY_BACKOFF = 1.0


class Returning(AsyncConnectionPool[C]):
    """A pool that reconnects within about a second of the server's return."""

    async def _add_connection(
        self,
        attempt: AttemptWithBackoff | None,
        growing: bool = False,  # noqa: FBT001, FBT002 - theirs
    ) -> None:
        again = attempt or Steady(timeout=self.reconnect_timeout)
        await super()._add_connection(again, growing=growing)


class Pool(Returning[Driver]):
    """A pool that only returns connections that the server has not closed.

    Otherwise, after a restart of the server, each idle connection would fail one request.
    """

    def __init__(
        self,
        url: str,
        size: int,
        cursor: type[AsyncCursor[TupleRow]],
        statements: type[Statements],
    ) -> None:
        """Create a pool for a libpq URL with at most `size` connections."""

        async def furnish(driver: Driver) -> None:
            driver.statements = statements(driver)

        super().__init__(
            url,
            connection_class=Driver,
            min_size=min(2, size),
            max_size=size,
            open=False,
            timeout=WAIT_FOR_CONNECTION,
            configure=furnish,
            kwargs={"autocommit": True, "row_factory": tuple_row, "cursor_factory": cursor},
        )

    async def lend(self) -> Driver:
        """Return a connection, to be given back to `take_back`. Raise DatabaseAway."""
        while self._pool and not self._closed:  # one is idle, so nobody waits
            driver = self._pool.pop()  # the last one: its server has most in its caches
            self._nconns_min = min(self._nconns_min, len(self._pool))
            self._stats[self._REQUESTS_NUM] += 1
            driver._pool = self  # noqa: SLF001 - as theirs does
            if not driver.ended:
                return driver
            await driver.close()
            await self.putconn(driver)  # which replaces it
        return await self._lend()

    async def _lend(self) -> Driver:
        """Do as `lend` does, and wait for a connection if all are in use."""
        deadline = time.monotonic() + self.timeout
        try:
            while (driver := await self.getconn(deadline - time.monotonic())).ended:
                await driver.close()
                await self.putconn(driver)
        except (PoolTimeout, PoolClosed, TooManyRequests) as error:
            raise DatabaseAway from error
        return driver

    async def take_back(self, driver: Driver) -> None:
        """Take a connection back: a good one at once, if nobody waits for it."""
        good = driver.pgconn.transaction_status == TransactionStatus.IDLE
        fresh = driver._created_at > self._drained_at and driver._expire_at > time.monotonic()  # noqa: SLF001
        if good and fresh and not (self._closed or self._waiting or self._pool_full_event):
            driver._pool = None  # noqa: SLF001 - as theirs does
            self._pool.append(driver)
        else:
            await self.putconn(driver)
