"""The pool, the base of every table, prepared statements, and the only place that commits."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from typing import Any, LiteralString, ParamSpec, Protocol, Self, TypeVar

import structlog
from psycopg import AsyncCursor, Error
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.sql import ClauseElement

from trastienda.database.driver import Driver, Statements, numbered
from trastienda.database.pool import Pool

log = structlog.get_logger()
P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")
Row = TupleRow
RETRIES = (0.01, 0.05, 0.2)  # seconds before the second, third and fourth try


class Database:
    """One pool of the driver's connections, and an engine for objects on top of the same pool."""

    def __init__(
        self,
        url: str,
        size: int = 10,
        cursor: type[AsyncCursor[Any]] = AsyncCursor,
        statements: type[Statements] = Statements,
    ) -> None:
        """Take a libpq URL and the most connections at once; nothing is connected before `open`.

        Tests count with `cursor`, and with `statements` what is prepared.
        """
        self.pool = Pool(url, size, cursor, statements)
        self.engine: AsyncEngine = create_async_engine(
            "postgresql+psycopg://", async_creator=_lent_connection, poolclass=NullPool
        )
        dialect: Any = self.engine.dialect  # the connection is lent: SQLAlchemy must not end it
        dialect.do_close = dialect.do_terminate = lambda _: None
        self._introduced = False
        self.happened = asyncio.Event()  # a commit has left events, which wait for the relay

    async def open(self) -> None:
        await self.pool.open()

    async def introduce(self, driver: Driver) -> None:
        """Let SQLAlchemy look at the server, once: it ends the transaction it does so in."""
        if not self._introduced:
            _lent.set(driver)
            async with self.engine.connect():
                self._introduced = True

    async def close(self) -> None:
        await self.engine.dispose()
        await self.pool.close()


_database: list[Database] = []
_lent: ContextVar[Driver] = ContextVar("lent")


async def _lent_connection(*_: Any, **__: Any) -> Driver:  # noqa: ANN401 - SQLAlchemy's signature
    return _lent.get()


@asynccontextmanager
async def connected(database: Database) -> AsyncIterator[Database]:
    """Make `database` the one that `transaction` and `reading` use, until the block ends."""
    await database.open()
    _database.append(database)
    try:
        yield database
    finally:
        _database.remove(database)
        await database.close()


class Once(Protocol):
    """A request that must have its effect once, however often it is sent."""

    async def recall(self, session: "Reading") -> None:
        """Raise the answer it had, if it was asked before."""

    async def claim(self, session: "Session") -> None:
        """Go on if it is the first time; otherwise raise the answer it had."""

    async def keep(self, session: "Session", view: object, *, again: bool) -> None:
        """Store the answer in the transaction that has the effect."""

    @property
    def name(self) -> str:
        """The same for the same key of the same client only."""

    @property
    def digest(self) -> bytes:
        """The same for the same request."""


class Reading:
    """A connection for reading: each statement sees what is committed when it starts.

    `async with reading() as session:` takes one from the pool. A service that writes asks for a
    `Session`, so a handler, which gets a Reading, cannot call it.
    """

    __slots__ = ("_database", "_orm", "driver")

    def __init__(self) -> None:
        self._database = _database[-1]
        self._orm: AsyncSession | None = None
        self.driver: Driver

    async def __aenter__(self) -> Self:
        self.driver = await self._database.pool.lend()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Undo what was not committed and give the connection back."""
        try:
            if self._orm is not None:
                await self._orm.close()
            if self.driver.pgconn.transaction_status != TransactionStatus.IDLE:
                await self.driver.rollback()
        except Error as error:
            log.info("connection lost while it was given back", reason=str(error))
        finally:
            await self._database.pool.putconn(self.driver)

    @property
    def orm(self) -> AsyncSession:
        """Objects, on the same connection and in the same transaction as prepared statements."""
        if self._orm is None:
            _lent.set(self.driver)
            self._orm = AsyncSession(self._database.engine, expire_on_commit=False)
        return self._orm

    def pool(self) -> dict[str, int]:
        return self._database.pool.get_stats()


class Session(Reading):
    """One use-case: `async with transaction() as session:` keeps everything inside, or nothing."""

    __slots__ = ("_eventful", "_once")

    def __init__(self, once: Once | None = None) -> None:
        super().__init__()
        self._once, self._eventful = once, False

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        try:
            await self._database.introduce(self.driver)
            await self.driver.statements.begin()
            if self._once is not None:
                await self._once.claim(self)
        except BaseException as error:
            await super().__aexit__(type(error))
            raise
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                await self._commit()
        finally:
            await super().__aexit__(kind, *rest)

    async def answer(self, view: V, *, again: bool = False) -> V:
        """Return `view`, kept for a client that asks once more; `again`: it had happened before."""
        if self._once is not None:
            await self._once.keep(self, view, again=again)
        return view

    def wake_relay(self) -> None:
        self._eventful = True  # after the commit: it writes events

    async def _commit(self) -> None:
        if self._orm is not None:
            await self._orm.flush()
        await self.driver.commit()
        if self._eventful:
            self._database.happened.set()


reading, transaction = Reading, Session


def use_case(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Run the whole of it again when PostgreSQL chose it as the victim of a race."""

    @wraps(work)
    async def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for pause in RETRIES:
            try:
                return await work(*args, **kwargs)
            except (DeadlockDetected, SerializationFailure, DBAPIError) as error:
                cause = error.orig if isinstance(error, DBAPIError) else error
                if not isinstance(cause, DeadlockDetected | SerializationFailure):
                    raise
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - only jitter
        return await work(*args, **kwargs)

    return again


_DIALECT: Dialect = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """A statement compiled once when its module is loaded, and prepared once a connection.

    Values are the driver's own types: UUID, int, str, datetime, lists of these, `Json`.
    """

    __slots__ = ("_defaults", "_names", "_text", "sql")

    def __init__(self, statement: ClauseElement | LiteralString) -> None:
        """Take a Core expression, or SQL text with `%(name)s` places."""
        self._defaults: Mapping[str, Any] = {}
        if isinstance(statement, str):
            self.sql: str = statement
        else:
            compiled = statement.compile(dialect=_DIALECT)
            self.sql = compiled.string
            self._defaults = {k: v for k, v in compiled.params.items() if v is not None}
        self._text, self._names = numbered(self.sql)

    async def _run(self, session: Reading, values: Mapping[str, Any]) -> PGresult:
        if self._defaults:
            values = {**self._defaults, **values}
        return await session.driver.statements.run(
            self._text, [values[name] for name in self._names]
        )

    async def __call__(self, session: Reading, **values: object) -> int:
        """Run it; return how many rows it touched."""
        return (await self._run(session, values)).command_tuples or 0

    async def row(self, session: Reading, **values: object) -> Row | None:
        rows = await self.rows(session, **values)
        return rows[0] if rows else None

    async def rows(self, session: Reading, **values: object) -> Sequence[Row]:
        return session.driver.statements.rows(await self._run(session, values))

    async def document(self, session: Reading, **values: object) -> bytes | None:
        """Return the only column of the only row as it came: JSON text that nobody decodes."""
        result = await self._run(session, values)
        return result.get_value(0, 0) if result.ntuples else None

    async def texts(self, session: Reading, **values: object) -> list[list[bytes]]:
        """Return all rows of text columns (never NULL) as they came, decoding nothing."""
        result = await self._run(session, values)
        return [
            [result.get_value(row, column) or b"" for column in range(result.nfields)]
            for row in range(result.ntuples)
        ]


prepared = Prepared


def utcnow() -> datetime:
    return datetime.now(UTC)
