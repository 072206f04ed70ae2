"""The connections of a process, lent one at a time."""

import time

from psycopg import AsyncCursor
from psycopg.rows import TupleRow, tuple_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout, TooManyRequests

from trastienda.database.driver import Driver, Statements
from trastienda.database.failures import DatabaseAway

WAIT_FOR_CONNECTION = 20.0  # seconds; who waits longer is told to come back


class Pool(AsyncConnectionPool[Driver]):
    """It lends only what the server has not ended: after a restart nobody meets a dead one.

    Without that, each idle connection that died with the server costs one request its answer.
    """

    def __init__(
        self,
        url: str,
        size: int,
        cursor: type[AsyncCursor[TupleRow]],
        statements: type[Statements],
    ) -> None:
        """Take a libpq URL, the most connections at once, and how they run statements."""

        async def furnish(driver: Driver) -> None:
            driver.statements = statements(driver)

        super().__init__(
            url,
            connection_class=Driver,
            min_size=min(2, size),
            max_size=size,
            open=False,
            configure=furnish,
            kwargs={"autocommit": True, "row_factory": tuple_row, "cursor_factory": cursor},
        )

    async def lend(self) -> Driver:
        """Return a connection, for `putconn` to take back; DatabaseAway when none can be had."""
        deadline = time.monotonic() + WAIT_FOR_CONNECTION
        try:
            while (driver := await self.getconn(deadline - time.monotonic())).ended:
                await driver.close()
                await self.putconn(driver)  # which replaces it
        except (PoolTimeout, PoolClosed, TooManyRequests) as error:
            raise DatabaseAway from error
        return driver
