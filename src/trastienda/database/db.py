"""The database in use, sessions, prepared statements, and the only code that commits."""

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
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.sql import ClauseElement

from trastienda.database.driver import Answer, Call, Driver, Statements, numbered
from trastienda.database.failures import will_pass
from trastienda.database.pool import Pool

log = structlog.get_logger()
P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")
Row = TupleRow
RETRIES = (0.01, 0.05, 0.2)  # seconds before the second, third and fourth attempt


class Database:
    """A pool of connections, and SQLAlchemy's engine on top of the same pool."""

    def __init__(
        self,
        url: str,
        size: int = 10,
        cursor: type[AsyncCursor[Any]] = AsyncCursor,
        statements: type[Statements] = Statements,
    ) -> None:
        """Create a pool for a libpq URL with at most `size` connections; `open` connects it.

        Tests pass `cursor` and `statements` to count what is run and prepared.
        """
        self.pool = Pool(url, size, cursor, statements)
        self.engine: AsyncEngine = create_async_engine(
            "postgresql+psycopg://", async_creator=_lent_connection, poolclass=NullPool
        )
        dialect: Any = self.engine.dialect  # SQLAlchemy must not close the pool's connections
        dialect.do_close = dialect.do_terminate = lambda _: None
        self._introduced = False
        self.happened = asyncio.Event()  # set when a commit has written events for the relay

    async def open(self) -> None:
        await self.pool.open()

    async def introduce(self, driver: Driver) -> None:
        """Let SQLAlchemy inspect the server, once; this ends the transaction in which it does."""
        if not self._introduced:
            _lent.set(driver)
            async with self.engine.connect():
                self._introduced = True

    async def close(self) -> None:
        await self.engine.dispose()
        await self.pool.close()


database_in_use: ContextVar[Database] = ContextVar("database in use")
"""The database whose connections `transaction` and `reading` use."""
_lent: ContextVar[Driver] = ContextVar("lent")


async def _lent_connection(*_: Any, **__: Any) -> Driver:  # noqa: ANN401 - SQLAlchemy's signature
    return _lent.get()


@asynccontextmanager
async def connected(database: Database) -> AsyncIterator[Database]:
    """Open a database and use it until the block ends."""
    await database.open()
    before = database_in_use.set(database)
    try:
        yield database
    finally:
        database_in_use.reset(before)
        await database.close()


class Once(Protocol):
    """A request that must take effect once; `part` and `covering` give one for less or for more."""

    def part(self, name: str) -> Self: ...

    def covering(self, content: bytes) -> Self: ...

    async def recall(self, session: "Reading") -> None:
        """Raise the stored answer if the request was answered before."""

    async def claim(self, session: "Session") -> None:
        """Claim the request's key; raise the stored answer if the request was answered before."""

    async def keep(self, session: "Session", view: object, *, again: bool) -> None:
        """Store the answer, in the transaction in which the request takes effect."""

    @property
    def name(self) -> str:
        """A name that is unique for each key of each client."""

    @property
    def digest(self) -> bytes:
        """A digest that is the same for equal requests."""


class Reading:
    """A connection for reading; each statement sees what was committed when it started.

    `async with reading() as session:` takes one from the pool. Services that write need a
    `Session`, so that handlers, which have a `Reading`, cannot call them.
    """

    __slots__ = ("_database", "_orm", "driver")

    def __init__(self) -> None:
        self._database = database_in_use.get()
        self._orm: AsyncSession | None = None
        self.driver: Driver

    async def __aenter__(self) -> Self:
        self.driver = await self._database.pool.lend()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Roll back what was not committed, and return the connection to the pool."""
        try:
            self.driver.statements.begins = False  # no statement was run
            if self._orm is not None:
                await self._orm.close()
            if self.driver.pgconn.transaction_status != TransactionStatus.IDLE:
                await self.driver.rollback()
        except Error as error:
            log.info("connection lost while it was given back", reason=str(error))
        finally:
            await self._database.pool.take_back(self.driver)

    @property
    def orm(self) -> AsyncSession:
        """SQLAlchemy's session, in the same transaction as the prepared statements."""
        if self._orm is None:
            _lent.set(self.driver)
            self._orm = AsyncSession(self._database.engine, expire_on_commit=False)
        return self._orm

    def pool(self) -> dict[str, int]:
        return self._database.pool.get_stats()


class Session(Reading):
    """A transaction: `async with transaction() as session:` commits everything or nothing."""

    __slots__ = ("_eventful", "_once", "brief")

    def __init__(self, once: Once | None = None, *, brief: bool = False) -> None:
        super().__init__()
        self._once, self._eventful = once, False
        self.brief = brief and once is None
        """Whether nothing is to be kept beside what its next message does: see `at_once`."""

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
        """Return `view`, stored for repeats of the request; `again`: it was done before."""
        if self._once is not None:
            await self._once.keep(self, view, again=again)
        return view

    def wake_relay(self) -> None:
        """Wake the relay after the commit, because this transaction writes events."""
        self._eventful = True

    async def begin_again(self) -> None:
        """Keep nothing of this transaction, and begin another one."""
        await self.driver.rollback()
        await self.driver.statements.begin()

    async def _commit(self) -> None:
        if self._orm is not None:
            await self._orm.flush()
        if self.driver.pgconn.transaction_status != TransactionStatus.IDLE:
            await self.driver.commit()
        if self._eventful:
            self._database.happened.set()


reading, transaction = Reading, Session


def use_case(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Make a use-case run again if PostgreSQL aborts it because of what will pass."""

    @wraps(work)
    async def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for pause in RETRIES:
            try:
                return await work(*args, **kwargs)
            except (Error, DBAPIError) as error:
                if not will_pass(error):
                    raise
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - only jitter
        return await work(*args, **kwargs)

    return again


_DIALECT: Dialect = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """A statement that is compiled when its module is loaded, and prepared once per connection.

    Values are of the driver's types: UUID, int, str, datetime, lists of these, `Json`.
    """

    __slots__ = ("_defaults", "_names", "_text", "sql")

    def __init__(self, statement: ClauseElement | LiteralString) -> None:
        """Compile a Core expression, or SQL text with `%(name)s` parameters."""
        self._defaults: Mapping[str, Any] = {}
        if isinstance(statement, str):
            self.sql: str = statement
        else:
            compiled = statement.compile(dialect=_DIALECT)
            self.sql = compiled.string
            self._defaults = {k: v for k, v in compiled.params.items() if v is not None}
        self._text, self._names = numbered(self.sql)

    def call(self, values: Mapping[str, Any]) -> Call:
        values = {**self._defaults, **values} if self._defaults else values
        return Call(self._text, [values[name] for name in self._names])

    async def _run(self, session: Reading, values: Mapping[str, Any]) -> PGresult:
        return await session.driver.statements.run(*self.call(values))

    async def __call__(self, session: Reading, **values: object) -> int:
        """Run the statement; return how many rows it affected."""
        return (await self._run(session, values)).command_tuples or 0

    async def row(self, session: Reading, **values: object) -> Row | None:
        rows = await self.rows(session, **values)
        return rows[0] if rows else None

    async def rows(self, session: Reading, **values: object) -> Sequence[Row]:
        return session.driver.statements.rows(await self._run(session, values))

    async def document(self, session: Reading, **values: object) -> bytes | None:
        """Run the statement; return the only column of its only row undecoded, such as JSON."""
        result = await self._run(session, values)
        return result.get_value(0, 0) if result.ntuples else None

    async def texts(self, session: Reading, **values: object) -> list[list[bytes]]:
        """Run the statement; return its rows of text columns (never NULL) undecoded."""
        result = await self._run(session, values)
        columns, rows = range(result.nfields), range(result.ntuples)
        return [[result.get_value(row, it) or b"" for it in columns] for row in rows]


prepared = Prepared


async def together(session: Reading, *calls: Call) -> list[Answer]:
    """Run statements one after another, sent as one message. Raise the first error."""
    statements = session.driver.statements
    return statements.answers(await statements.run_all(calls))


def utcnow() -> datetime:
    return datetime.now(UTC)
