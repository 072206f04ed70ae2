"""Whether this process runs, and whether it can serve."""

import psycopg
import pytest
from alembic.script import ScriptDirectory
from httpx import AsyncClient

from trastienda.database.db import Database, connected, reading
from trastienda.database.failures import DatabaseAway
from trastienda.middlewares.errors import status_of
from trastienda.services import health
from trastienda.services.health import DatabaseBehind


async def test_a_process_is_live_without_asking_the_database(
    buyer: AsyncClient, statements: list[str]
) -> None:
    answer = await buyer.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert statements == []


async def test_it_is_ready_once_the_database_is_up_to_date(buyer: AsyncClient) -> None:
    answer = await buyer.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_the_newest_revision_is_the_one_that_alembic_knows() -> None:
    known = ScriptDirectory(str(health.VERSIONS.parent)).get_current_head()

    assert health.newest() == known


async def test_it_is_not_ready_with_a_database_that_nobody_migrated(database_url: str) -> None:
    elsewhere = psycopg.conninfo.make_conninfo(database_url, options="-c search_path=nowhere")
    async with connected(Database(elsewhere, 1)), reading() as session:
        with pytest.raises(DatabaseBehind):
            await health.migrated(session)

    assert status_of(DatabaseBehind) == status_of(DatabaseAway) == 503
