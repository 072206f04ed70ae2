"""A command says which database it would touch, and never a password."""

from pathlib import Path
from typing import Any

import pytest

from trastienda.database import naming
from trastienda.settings import Settings


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (
            {"database_url": "postgresql://shop:secret@db.example:6432/shop"},
            "the database shop on db.example, port 6432 (DATABASE_URL)",
        ),
        (
            {
                "database_url": "postgresql://shop:secret@pool/shop",
                "database_direct_url": "host=/run/pg user=ana password=secret",
            },
            "the database ana on /run/pg, port 5432 (DATABASE_DIRECT_URL)",
        ),
        ({"database_url": "postgres//secret"}, "the database of DATABASE_URL"),
        ({"data": Path("/srv/shop")}, "the embedded database in /srv/shop"),
    ],
)
def test_each_database_has_its_name(
    given: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER"):
        monkeypatch.delenv(variable, raising=False)

    assert naming.named(Settings(**given)) == name


def test_what_libpq_takes_from_the_environment_is_named_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOST", "other.example")
    monkeypatch.setenv("PGPORT", "7777")

    named = naming.named(Settings(database_url="postgresql:///shop"))

    assert named == "the database shop on other.example, port 7777 (DATABASE_URL)"
