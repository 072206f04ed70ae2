"""Connections with their prepared statements, and statements in PostgreSQL's own syntax."""

import asyncio
import re
import select
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from msgspec.json import encode
from psycopg import AsyncConnection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.generators import execute, fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_dumps

from trastienda.database.waiting import Interrupted, Waiting, answered

Key = tuple[bytes, tuple[int, ...]]
"""A statement and the types of its values: small and large numbers have different types."""
_PLACE = re.compile(r"%\((\w+)\)s")
_END = ExecStatus.PIPELINE_SYNC
_GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


class Driver(AsyncConnection[TupleRow]):
    """A connection. Its cursors prepare nothing; `statements` are its prepared statements."""

    statements: "Statements"

    @property
    def ended(self) -> bool:
        """Whether the server has closed the connection, without a round trip: takes 2 µs.

        An idle connection receives data only when it is closed, or when a setting was changed,
        which is rare enough to be treated as closed, too.
        """
        if self.closed:
            return True
        ear = select.poll()
        ear.register(self.fileno(), select.POLLIN)
        return bool(ear.poll(0))

    async def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - theirs
        """Wait for the server; what is cancelled here is cancelled there, too."""
        if args or kwargs:
            return await super().wait(gen, *args, **kwargs)
        try:
            return await answered(gen, self.pgconn.socket)
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit) as interruption:
            interrupted: Any = Interrupted(gen, interruption)
            return await super().wait(interrupted)

    def _start_query(self) -> Waiting:
        """Begin the transaction first if a cursor runs its first statement."""
        if self.statements.begins:
            self.statements.begins = False
            yield from self._exec_command(b"BEGIN")


class Call(NamedTuple):
    """A statement and its values, in the order of its parameters."""

    text: bytes
    places: Sequence[Any]


class Answer(NamedTuple):
    """The result of one of the statements of `together`: the count and the rows it returned."""

    touched: int
    rows: Sequence[TupleRow]


class Bound(NamedTuple):
    """A prepared statement with its values in PostgreSQL's format."""

    name: bytes
    values: Sequence[Any]
    formats: Sequence[Format] | None


class Statements:
    """The prepared statements of a connection, and the beginning of its transactions.

    The driver's cursors are general, take about 1.4 times as long for each statement, and forget
    their prepared statements whenever a transaction is rolled back.
    """

    most: ClassVar[int] = 100  # per connection, as each takes memory of the server

    def __init__(self, driver: Driver) -> None:
        driver.prepare_threshold = None  # otherwise its cursors would drop these statements, too
        set_json_dumps(encode, driver)
        self._driver = driver
        self._values = Transformer(driver)
        self._names: OrderedDict[Key, bytes] = OrderedDict()
        self._count = 0
        self.begins = False
        """Whether a transaction begins with the next statement."""

    async def begin(self) -> None:
        """Begin a transaction: `BEGIN` is sent together with the first statement."""
        self.begins = True

    async def run(self, text: bytes, places: Sequence[Any]) -> PGresult:
        """Run a statement, which is prepared the first time. Raise psycopg's errors."""
        if self.begins:
            return (await self.run_all([Call(text, places)]))[0]
        async with self._driver.lock:
            self._send(await self._bound(text, places))
            return await self._answer()

    async def run_all(self, calls: Sequence[Call], *, commit: bool = False) -> list[PGresult]:
        """Run statements one after another, sent as one message. Raise the first error.

        Each sees the effects of those before it, and what was committed while they waited. After an
        error the rest is not run. With `commit` the transaction ends with them.
        """
        async with self._driver.lock:
            bound = [await self._bound(*call) for call in calls]
            begins, self.begins = self.begins, False
            # A message with neither BEGIN nor COMMIT is one transaction, too.
            before, after = begins and not commit, commit and not begins
            results: list[PGresult] = []
            await self._driver.wait(self._in_one_message(bound, results, before, after))
        for result in results:
            self._expect_good(result)
        if len(results) < before + len(calls) + after:
            raise OperationalError("the connection was lost before all was answered")
        return results[before : before + len(calls)]

    def _in_one_message(
        self, calls: Sequence[Bound], results: list[PGresult], *frame: bool
    ) -> Waiting:
        """Send statements, with BEGIN before and COMMIT after them if wanted; collect results."""
        pgconn = self._driver.pgconn
        before, after = frame
        pgconn.enter_pipeline_mode()
        try:
            if before:
                pgconn.send_query_params(b"BEGIN", None)
            for call in calls:
                self._send(call)
            if after:
                pgconn.send_query_params(b"COMMIT", None)
            pgconn.pipeline_sync()
            yield from send(pgconn)
            for _ in range(before + len(calls) + after):
                results += yield from fetch_many(pgconn)
            # Before the end of the message comes what is wrong with its commit, if anything is.
            while (ends := (yield from fetch_many(pgconn))) and ends[-1].status != _END:
                results += ends
        finally:
            if pgconn.status == ConnStatus.OK:
                pgconn.exit_pipeline_mode()

    def _send(self, call: Bound) -> None:
        self._driver.pgconn.send_query_prepared(
            call.name, call.values, param_formats=call.formats, result_format=Format.BINARY
        )

    def rows(self, result: PGresult) -> list[TupleRow]:
        """Return the rows of a result as Python values."""
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    def answers(self, results: Sequence[PGresult]) -> list[Answer]:
        """Return the results of several statements."""
        return [Answer(it.command_tuples or 0, self.rows(it)) for it in results]

    async def _bound(self, text: bytes, places: Sequence[Any]) -> Bound:
        given = self._values.dump_sequence(places, [PyFormat.AUTO] * len(places))
        key, formats = (text, self._values.types or ()), self._values.formats
        name = self._names.get(key) or await self._prepared(key)
        self._names.move_to_end(key)
        return Bound(name, given, formats)

    async def _prepared(self, key: Key) -> bytes:
        pgconn = self._driver.pgconn
        if len(self._names) >= self.most:
            _, oldest = self._names.popitem(last=False)
            pgconn.send_close_prepared(oldest)
            await self._answer()
        self._count += 1
        name = b"trastienda_%d" % self._count
        pgconn.send_prepare(name, key[0], param_types=key[1])
        await self._answer()
        self._names[key] = name
        return name

    async def _answer(self) -> PGresult:
        result: PGresult = (await self._driver.wait(execute(self._driver.pgconn)))[-1]
        self._expect_good(result)
        return result

    def _expect_good(self, result: PGresult) -> None:
        if result.status not in _GOOD:
            raise error_from_result(result, encoding=self._driver.info.encoding)


def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a statement with `$1`, `$2` … in place of `%(name)s`, and the names in this order."""
    names = tuple(dict.fromkeys(_PLACE.findall(sql)))
    numbers = {name: f"${number}" for number, name in enumerate(names, 1)}
    text = _PLACE.sub(lambda place: numbers[place[1]], sql)
    return text.replace("%%", "%").encode(), names
