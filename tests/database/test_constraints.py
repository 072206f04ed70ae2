"""What a violated constraint means is looked up by its name; nothing else is taken for it."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError

from trastienda import services
from trastienda.database.db import prepared, transaction
from trastienda.database.models.stock.location import Location
from trastienda.errors import Stale
from trastienda.services.shared.records import Records, Refusal, expect_version, translated
from trastienda.services.stock import locations
from trastienda.services.stock.locations import LocationCodeTaken

_ADD = prepared("""
    INSERT INTO locations (id, code, name, position, version)
    VALUES (gen_random_uuid(), %(code)s, 'Depot', 0, %(version)s)
""")
TAKEN = {"uq_locations_code": Refusal(LocationCodeTaken, pointer="/code")}


class Changed(Stale):
    """Somebody was faster."""


def refusals() -> Iterator[tuple[str, str]]:
    """Name each constraint that a service gives a meaning to, and the service."""
    for found in pkgutil.walk_packages(services.__path__, "trastienda.services."):
        for value in vars(import_module(found.name)).values():
            tables = [value.on_save, value.on_remove] if isinstance(value, Records) else [value]
            for table in (it for it in tables if isinstance(it, dict)):
                named = [name for name, meaning in table.items() if isinstance(meaning, Refusal)]
                yield from ((name, found.name) for name in named)


async def save(*rows: Location) -> None:
    async with transaction() as session:
        for row in rows:
            await locations.save(session, row)


async def insert(code: str, *versions: int) -> None:
    async with transaction() as session:
        with translated(TAKEN):
            for version in versions:
                await _ADD(session, code=code, version=version)


@pytest.mark.usefixtures("shop")
async def test_a_violated_constraint_raises_the_error_that_it_means() -> None:
    code = f"depot-{uuid4().hex}"

    with pytest.raises(LocationCodeTaken) as raised:
        await save(Location(code=code, name="Depot"), Location(code=code, name="Depot"))

    assert raised.value.facts == {"code": code, "pointer": "/code"}
    assert isinstance(raised.value.__cause__, IntegrityError)


@pytest.mark.usefixtures("shop")
async def test_a_constraint_that_nobody_named_is_not_taken_for_another() -> None:
    with pytest.raises(IntegrityError, match="ck_locations_version"):
        await save(Location(code=uuid4().hex, name="Depot", version=0))


@pytest.mark.usefixtures("shop")
async def test_statements_without_objects_are_translated_alike() -> None:
    code = uuid4().hex

    with pytest.raises(LocationCodeTaken) as raised:
        await insert(code, 1, 1)
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_locations_version"):
        await insert(code, 0)

    assert raised.value.facts == {"pointer": "/code"}


def test_each_constraint_that_has_a_meaning_exists(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
        )
        known = {name for (name,) in rows}

    stated = set(refusals())

    assert len(stated) > 15
    assert {(name, service) for name, service in stated if name not in known} == set()


@pytest.mark.once
def test_who_has_seen_another_version_is_told_the_one_there_is() -> None:
    expect_version(2, None, Changed)
    expect_version(2, 2, Changed)
    with pytest.raises(Changed) as raised:
        expect_version(2, 1, Changed)

    assert raised.value.facts == {"version": 2}
