"""A state that has an enum is not typed again in SQL: `'{OrderStatus.OPEN}'`, never `'open'`."""

import ast
from enum import StrEnum

import pytest
from support.analysis.source import Nodes, files, modules
from support.analysis.sql_texts import quoted, texts

OURS = ("trastienda.database.models.", "trastienda.schemas.", "trastienda.services.")
STATES = {
    member.value: f"{kind.__name__}.{member.name}"
    for module in modules()
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__.startswith(OURS)
    for member in kind
}

pytestmark = pytest.mark.xdist_group("source")


def typed_again(nodes: Nodes) -> list[str]:
    """Name the states that stand quoted in the strings of a module, with their lines."""
    return [
        f"line {line}: '{word}', as in {STATES[word]}"
        for line, text in texts(nodes)
        for word in quoted(text)
        if word in STATES
    ]


def test_no_state_of_an_enum_is_typed_again_in_sql() -> None:
    found = {
        name: typed_again(it.nodes)
        for name, it in files().items()
        if not name.startswith("database/migrations/")
    }

    assert {file: states for file, states in found.items() if states} == {}


@pytest.mark.parametrize(
    "source",
    [
        """prepared("UPDATE orders SET status = 'cancelled' WHERE id = %(order)s")""",
        """prepared(f"SELECT {COLUMNS} FROM carts WHERE state <> 'ordered' {LOCKED}")""",
        """LATE_SQL = "CASE WHEN late THEN 'failed' END" """,
        """UNPAID = "status IN ('open', 'draft')" """,
        """A_SQL = "json_build_object('open', (SELECT FROM carts WHERE state = 'paying'))" """,
        """events_sql("'reserved'")""",
    ],
)
def test_a_state_that_is_typed_again_is_found(source: str) -> None:
    assert len(typed_again(Nodes(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        """prepared(f"UPDATE orders SET status = '{OrderStatus.CANCELLED}'")""",
        """A_SQL = "jsonb_build_object('open', 1, 'paid', coalesce(a, b), 'reserved', c)" """,
        """PARTS_SQL = "'courier', options.courier, 'weight', options.weight" """,
        """prepared("SELECT 'nothing of ours'")""",
    ],
)
def test_fields_of_json_and_what_comes_from_the_enum_may_stand(source: str) -> None:
    assert typed_again(Nodes(ast.parse(source))) == []
