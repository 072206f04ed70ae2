"""A connection that keeps what it has prepared, and statements written as PostgreSQL takes them."""

import re
import select
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from msgspec.json import encode
from psycopg import AsyncConnection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_dumps

Key = tuple[bytes, tuple[int, ...]]
"""A statement and the types it is given: a small number is of another type than a large one."""
_PLACE = re.compile(r"%\((\w+)\)s")
_GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}
MOST_PREPARED = 100  # on one connection: each takes memory of the server


class Driver(AsyncConnection[TupleRow]):
    """One connection. Its cursors prepare nothing; `statements` keeps what it has prepared."""

    statements: "Statements"

    @property
    def ended(self) -> bool:
        """Say whether the server has ended it, without asking the server: 2 µs.

        One that is idle hears of nothing but its end, or of a setting that changed: rare enough to
        be taken for the end too.
        """
        if self.closed:
            return True
        ear = select.poll()
        ear.register(self.fileno(), select.POLLIN)
        return bool(ear.poll(0))


class Statements:
    """The prepared statements of one connection.

    The driver's cursors are made for whatever may come, and cost some 1.4 times as much for each
    statement; what they have prepared they forget whenever a transaction is rolled back.
    """

    def __init__(self, driver: Driver) -> None:
        driver.prepare_threshold = None  # its cursors would forget ours too
        set_json_dumps(encode, driver)
        self._driver = driver
        self._values = Transformer(driver)
        self._names: OrderedDict[Key, bytes] = OrderedDict()
        self._count = 0

    async def begin(self) -> None:
        async with self._driver.lock:
            self._driver.pgconn.send_query(b"BEGIN")
            await self._answer()

    async def run(self, text: bytes, places: Sequence[Any]) -> PGresult:
        """Run a statement, which is prepared the first time; raise psycopg's errors."""
        async with self._driver.lock:
            given = self._values.dump_sequence(places, [PyFormat.AUTO] * len(places))
            key = (text, self._values.types or ())
            name = self._names.get(key) or await self._prepared(key)
            self._names.move_to_end(key)
            self._driver.pgconn.send_query_prepared(
                name, given, param_formats=self._values.formats, result_format=Format.BINARY
            )
            return await self._answer()

    def rows(self, result: PGresult) -> list[TupleRow]:
        """Return the rows of an answer, as Python's values."""
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    async def _prepared(self, key: Key) -> bytes:
        pgconn = self._driver.pgconn
        if len(self._names) >= MOST_PREPARED:
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
        if result.status not in _GOOD:
            raise error_from_result(result, encoding=self._driver.info.encoding)
        return result


def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Write `$1` for the first `%(name)s` and all that are called the same; return the names."""
    names = tuple(dict.fromkeys(_PLACE.findall(sql)))
    numbers = {name: f"${number}" for number, name in enumerate(names, 1)}
    text = _PLACE.sub(lambda place: numbers[place[1]], sql)
    return text.replace("%%", "%").encode(), names
