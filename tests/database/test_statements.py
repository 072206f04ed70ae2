"""Prepared statements: prepared once a connection, and kept through whatever goes wrong."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec import Struct
from psycopg.errors import DivisionByZero
from psycopg.types.json import Jsonb

from trastienda.database.db import Database, Reading, connected, prepared, reading, transaction
from trastienda.database.driver import Statements

KEPT = prepared("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'trastienda_%%'")
DIVIDE = prepared("SELECT 12 / %(by)s::int")
SAME = prepared("SELECT %(value)s")
NUMBERED = [prepared(f"SELECT {number}, %(value)s::int") for number in range(6)]


class Answer(Struct):
    """Something that becomes JSON."""

    amount: int
    note: str


class Few(Statements):
    """Keeps few statements prepared."""

    most = 3


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[Reading]:
    async with connected(Database(database_url, 1)), reading() as session:
        yield session


async def kept(session: Reading) -> int:
    row = await KEPT.row(session)
    assert row is not None
    return int(row[0])


async def test_the_same_statement_is_prepared_once(session: Reading) -> None:
    before = await kept(session)

    assert [await DIVIDE.row(session, by=by) for by in (2, 3, 4)] == [(6,), (4,), (3,)]
    assert await kept(session) == before + 1


async def test_a_larger_number_is_of_another_type(session: Reading) -> None:
    assert await SAME.row(session, value=1) == (1,)
    assert await SAME.row(session, value=2**40) == (2**40,)
    assert await SAME.row(session, value=1) == (1,)


@pytest.mark.parametrize(
    "value",
    [
        "ñ%s",
        UUID(int=7),
        datetime(2026, 2, 28, 23, 59, tzinfo=UTC),
        [UUID(int=1), UUID(int=2)],
        [1, -(2**40)],
        True,
    ],
)
async def test_values_come_back_as_they_went(session: Reading, value: object) -> None:
    assert await SAME.row(session, value=value) == (value,)


async def test_texts_of_a_list_are_taken_literally(session: Reading) -> None:
    texts = prepared("SELECT %(values)s::text[]")
    values = ["a,b", '"', "{}", "\\", "NULL", ""]

    assert await texts.row(session, values=values) == (values,)


async def test_a_structure_is_written_as_json(session: Reading) -> None:
    row = await SAME.row(session, value=Jsonb(Answer(-1, "ñ")))

    assert row == ({"amount": -1, "note": "ñ"},)


async def test_nothing_is_prepared_again_after_a_transaction_that_failed(
    database_url: str,
) -> None:
    async def fail() -> None:
        async with transaction() as session:
            await DIVIDE.row(session, by=0)

    async with connected(Database(database_url, 1)):
        async with reading() as session:
            await DIVIDE.row(session, by=1)
            before = await kept(session)
        with pytest.raises(DivisionByZero):
            await fail()
        async with reading() as session:
            assert await DIVIDE.row(session, by=6) == (2,)
            assert await kept(session) == before


async def test_what_was_not_used_for_longest_makes_room(
    database_url: str,
) -> None:
    async with connected(Database(database_url, 1, statements=Few)), reading() as session:
        for number, statement in [*enumerate(NUMBERED), *enumerate(NUMBERED)]:
            assert await statement.row(session, value=8) == (number, 8)
            assert await kept(session) <= Few.most


async def test_no_row_and_no_value_are_told_apart(session: Reading) -> None:
    none = prepared("SELECT %(value)s::text WHERE %(value)s::text IS NOT NULL")

    assert await none.row(session, value=None) is None
    assert await SAME.row(session, value=None) == (None,)
    assert await none(session, value="x") == 1
    assert await none(session, value=None) == 0
