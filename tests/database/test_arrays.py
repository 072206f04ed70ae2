"""Arrays that are written as text arrive as they were."""

from uuid import UUID

import pytest

from trastienda.database.arrays import array
from trastienda.database.db import Database, connected, prepared, reading

TEXTS = prepared("SELECT %(values)s::text[]")
NUMBERS = prepared("SELECT %(ids)s::uuid[], %(counts)s::bigint[]")


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["SKU-1"],
        [
            "",
            " ",
            "NULL",
            "null",
            "{}",
            "a,b",
            'a"b',
            "a\\b",
            '\\"',
            "ñ 日本",
            "a\nb\tc",
            "'",
            "$1",
        ],
    ],
)
async def test_texts_arrive_as_they_were(database_url: str, values: list[str]) -> None:
    async with connected(Database(database_url, 1)), reading() as session:
        assert await TEXTS.row(session, values=array(values)) == (values,)


async def test_ids_and_numbers_arrive_as_they_were(database_url: str) -> None:
    ids, counts = [UUID(int=7), UUID(int=2**128 - 1)], [0, -1, 2**63 - 1]

    async with connected(Database(database_url, 1)), reading() as session:
        row = await NUMBERS.row(session, ids=array(ids), counts=array(counts))

    assert row == (ids, counts)
