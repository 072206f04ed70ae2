"""Connections that the server has ended are not lent to anybody."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from trastienda.database.db import Database, Reading, connected, prepared, transaction
from trastienda.database.failures import DatabaseAway
from trastienda.database.pool import Pool

SIZE = 3
WHO_AM_I = prepared("SELECT pg_backend_pid()")


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    async with connected(Database(database_url, SIZE)) as database:
        yield database.pool


async def served_by() -> set[int]:
    """Use every connection at once; return the process ids of their servers."""
    everybody = asyncio.Barrier(SIZE)

    async def one() -> int:
        async with Reading() as session:
            await everybody.wait()
            return await server_of(session)

    async with asyncio.timeout(120):
        return set(await asyncio.gather(*[one() for _ in range(SIZE)]))


async def server_of(session: Reading) -> int:
    row = await WHO_AM_I.row(session)
    assert row is not None
    return int(row[0])


def end(database_url: str, *servers: int) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        for server in servers:
            connection.execute("SELECT pg_terminate_backend(%s, 10000)", [server])


async def test_nobody_meets_a_connection_that_ended_while_it_was_idle(
    pool: Pool, database_url: str
) -> None:
    before = await served_by()
    await asyncio.to_thread(end, database_url, *before)

    after = await served_by()

    assert len(before) == len(after) == SIZE
    assert not before & after


async def test_one_that_is_well_is_lent_again(pool: Pool) -> None:
    assert await served_by() == await served_by()
    assert pool.get_stats().get("connections_lost", 0) == 0


async def test_a_write_that_was_cut_is_undone_and_its_connection_is_not_lent_again(
    pool: Pool, database_url: str
) -> None:
    victims = []

    async def write() -> None:
        async with transaction() as session:
            victims.append(await server_of(session))
            await asyncio.to_thread(end, database_url, *victims)

    with pytest.raises(psycopg.OperationalError):
        await write()

    assert not set(victims) & await served_by()


async def test_none_to_be_had_is_told_as_such(database_url: str) -> None:
    async with connected(Database(database_url, 1)) as database, Reading() as session:
        database.pool.timeout = 0.05
        with pytest.raises(DatabaseAway):
            async with Reading():
                raise AssertionError
        assert session.driver.pgconn.transaction_status == TransactionStatus.IDLE


async def test_a_pool_that_is_closed_lends_nothing(database_url: str) -> None:
    async with connected(Database(database_url, 1)) as database:
        pass

    with pytest.raises(DatabaseAway):
        await database.pool.lend()
