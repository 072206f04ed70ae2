"""`BEGIN` travels with the first statement, and several statements travel as one message."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from psycopg.errors import DivisionByZero, UniqueViolation
from psycopg.pq import TransactionStatus
from sqlalchemy import text

from trastienda.database.at_once import Unsure, at_once, sure
from trastienda.database.db import (
    Database,
    Reading,
    connected,
    prepared,
    reading,
    together,
    transaction,
    utcnow,
)
from trastienda.database.driver import Call
from trastienda.services.shared.idempotency import IdempotencyKey

ADD = prepared("INSERT INTO notes (text) SELECT unnest(%(texts)s::text[])")
COUNT = prepared("SELECT count(*) FROM notes")
ONLY_SQL = sure("count(*) = %(count)s::int")
ONLY = prepared(f"SELECT {ONLY_SQL} FROM notes")  # noqa: S608 - ours
TWICE = prepared("INSERT INTO once VALUES (1), (1)")
DIVIDE = prepared("SELECT 12 / %(by)s::int")
WHICH = prepared("SELECT pg_current_xact_id()::text")
SLEEP = prepared("SELECT pg_sleep(%(seconds)s::int)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Connect once, so that every session meets what the one before has left."""
    async with connected(Database(database_url, 1)) as database:
        async with reading() as session:
            await session.driver.execute("CREATE TEMPORARY TABLE notes (text text)")
        yield database


async def count(session: Reading) -> int:
    row = await COUNT.row(session)
    assert row is not None
    return int(row[0])


async def test_each_of_several_statements_sees_what_those_before_it_did(
    database: Database,
) -> None:
    async with transaction() as session:
        added, counted = await together(session, ADD.call({"texts": ["a", "b"]}), COUNT.call({}))

    assert (added.touched, list(counted.rows)) == (2, [(2,)])
    async with reading() as session:
        assert await count(session) == 2


async def test_an_error_ends_the_message_and_leaves_nothing(database: Database) -> None:
    calls = ADD.call({"texts": ["a"]}), DIVIDE.call({"by": 0}), ADD.call({"texts": ["b"]})
    with pytest.raises(DivisionByZero):
        async with transaction() as session:
            await together(session, *calls)

    async with transaction() as session:
        assert await DIVIDE.row(session, by=3) == (4,)
        assert await count(session) == 0


async def test_objects_and_cursors_begin_the_transaction_too(database: Database) -> None:
    async with transaction() as session:
        (first,) = (await session.orm.execute(text("SELECT pg_current_xact_id()::text"))).all()
        assert session.driver.pgconn.transaction_status == TransactionStatus.INTRANS
        assert await WHICH.row(session) == tuple(first)

    async with transaction() as session:
        await session.driver.execute("INSERT INTO notes VALUES ('a')")
        await session.driver.rollback()
    async with reading() as session:
        assert await count(session) == 0


async def test_a_transaction_in_which_nothing_runs_leaves_no_beginning(
    database: Database,
) -> None:
    async with transaction():
        pass

    async with reading() as session:
        await count(session)
        assert session.driver.pgconn.transaction_status == TransactionStatus.IDLE


async def test_who_is_cancelled_while_a_message_is_answered_leaves_the_connection_usable(
    database: Database,
) -> None:
    calls = ADD.call({"texts": ["a"]}), SLEEP.call({"seconds": 600})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1), transaction() as session:
            await together(session, *calls)

    async with reading() as session:
        assert await count(session) == 0
        assert session.driver.pgconn.transaction_status == TransactionStatus.IDLE


async def test_a_brief_transaction_is_committed_by_its_message(database: Database) -> None:
    async with transaction(brief=True) as session:
        added, counted = await at_once(session, ADD.call({"texts": ["a", "b"]}), COUNT.call({}))
        assert session.driver.pgconn.transaction_status == TransactionStatus.IDLE

    assert (added.touched, list(counted.rows)) == (2, [(2,)])
    async with transaction(brief=True) as session:
        await COUNT.row(session)
        (added,) = await at_once(session, ADD.call({"texts": ["c"]}))
        assert session.driver.pgconn.transaction_status == TransactionStatus.IDLE
    async with reading() as session:
        assert await count(session) == 3


async def test_what_is_unsure_keeps_nothing_and_goes_on_in_a_new_transaction(
    database: Database,
) -> None:
    async with transaction(brief=True) as session:
        with pytest.raises(Unsure):
            await at_once(session, ADD.call({"texts": ["a"]}), ONLY.call({"count": 0}))
        assert not session.brief
        assert await count(session) == 0
        await ADD(session, texts=["b"])
        assert session.driver.pgconn.transaction_status == TransactionStatus.INTRANS

    async with reading() as session:
        assert await count(session) == 1


async def test_a_constraint_that_is_checked_at_the_commit_is_heard(database: Database) -> None:
    async with reading() as session:
        await session.driver.execute(
            "CREATE TEMPORARY TABLE once (number int UNIQUE DEFERRABLE INITIALLY DEFERRED)"
        )

    async def write(*first: Call) -> None:
        async with transaction(brief=True) as session:
            for call in first:
                await together(session, call)
            await at_once(session, TWICE.call({}), COUNT.call({}))

    with pytest.raises(UniqueViolation):
        await write()
    with pytest.raises(UniqueViolation):
        await write(COUNT.call({}))
    async with reading() as session:
        assert await count(session) == 0


async def test_a_request_that_is_to_be_answered_once_is_not_brief(database: Database) -> None:
    key = IdempotencyKey(("everybody", "k" * 22), b"", 200, utcnow())

    assert not transaction(key, brief=True).brief
