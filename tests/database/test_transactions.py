"""One transaction for objects and statements alike, from the first one of a process on."""

import psycopg
import pytest
from sqlalchemy import text

from trastienda.database.db import Database, Session, connected, transaction


class ChangeOfMind(Exception):
    """Somebody leaves a transaction half-way."""


@pytest.fixture
def table(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (word text)")
        connection.execute("TRUNCATE notes")


async def write(session: Session) -> None:
    """Write before, by and after the first use of objects."""
    await session.driver.execute("INSERT INTO notes VALUES ('before')")
    await session.orm.execute(text("INSERT INTO notes VALUES ('by')"))
    await session.driver.execute("INSERT INTO notes VALUES ('after')")


async def write_and_leave() -> None:
    async with transaction() as session:
        await write(session)
        raise ChangeOfMind


def written(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM notes")]


@pytest.mark.usefixtures("table")
async def test_the_first_transaction_of_a_process_keeps_all_of_it(database_url: str) -> None:
    async with connected(Database(database_url, 2)), transaction() as session:
        await write(session)

    assert written(database_url) == ["before", "by", "after"]


@pytest.mark.usefixtures("table")
async def test_the_first_transaction_of_a_process_leaves_nothing_of_it(database_url: str) -> None:
    async with connected(Database(database_url, 2)):
        with pytest.raises(ChangeOfMind):
            await write_and_leave()

    assert written(database_url) == []
