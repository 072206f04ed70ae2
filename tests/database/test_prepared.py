"""Every prepared statement of the package is one that PostgreSQL takes."""

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from psycopg import Connection
from support.analysis.prepared_statements import refused, statements
from support.analysis.source import modules

from trastienda.database.db import Prepared

BROKEN = """
from trastienda.database.db import prepared

GOOD = prepared("SELECT id FROM products WHERE id = %(product)s")
NO_TABLE = prepared("SELECT id FROM produce")
BY_NAME: dict = {
    "sku": ("variants", prepared("SELECT id FROM variants WHERE skew = %(sku)s")),
    "slug": ("products", prepared("SELECT id FROM products WHERE slug = %(slug)s")),
}
"""
HIDDEN = """
from trastienda.database.db import prepared

def sold():
    return prepared("SELECT id FROM produce")
"""


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def a_module(file: Path, text: str) -> ModuleType:
    file.write_text(text)
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_postgresql_takes_every_prepared_statement(connection: Connection) -> None:
    makers = [it for it in modules() if vars(it).get("prepared") is Prepared]
    found = {name: it for module in makers for name, it in statements(module).items()}

    assert len(found) > 200
    assert refused(connection, found) == {}


def all_texts() -> dict[str, str]:
    makers = [it for it in modules() if vars(it).get("prepared") is Prepared]
    return {name: it.sql for one in makers for name, it in statements(one).items()}


def test_what_is_locked_in_batches_is_chosen_once() -> None:
    """`IN (SELECT … LIMIT n FOR UPDATE SKIP LOCKED)` may be run once for each row: more than n."""
    chosen = re.compile(r"IN \(\s*SELECT(?:(?!IN \(\s*SELECT).)*LIMIT[^)]*SKIP LOCKED", re.DOTALL)

    assert [name for name, text in all_texts().items() if chosen.search(text)] == []


def test_what_is_told_is_on_the_disk() -> None:
    """A crash of PostgreSQL must not undo a commit that somebody was told of, a provider's too."""
    assert [name for name, text in all_texts().items() if "synchronous_commit" in text] == []


def test_a_statement_that_is_not_valid_is_named(connection: Connection, tmp_path: Path) -> None:
    found = statements(a_module(tmp_path / "broken.py", BROKEN))
    reasons = refused(connection, found)

    assert found.keys() - reasons.keys() == {"broken.GOOD", "broken.BY_NAME['slug']"}
    assert 'relation "produce" does not exist' in reasons["broken.NO_TABLE"]
    assert 'column "skew" does not exist' in reasons["broken.BY_NAME['sku']"]


@pytest.mark.once
def test_a_statement_that_no_constant_holds_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="hidden"):
        statements(a_module(tmp_path / "hidden.py", HIDDEN))
