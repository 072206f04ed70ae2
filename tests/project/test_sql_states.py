"""A state that has an enum is not typed again in SQL: `'{OrderStatus.OPEN}'`, never `'open'`."""

import ast
from enum import StrEnum

import pytest
from support.analysis.source import ROOT, modules
from support.analysis.sql_texts import quoted, texts

OURS = ("trastienda.database.models.", "trastienda.schemas.", "trastienda.services.")
STATES = {
    member.value: f"{kind.__name__}.{member.name}"
    for module in modules()
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__.startswith(OURS)
    for member in kind
}
FILES = [it for it in sorted(ROOT.rglob("*.py")) if "migrations" not in it.parts]


def typed_again(source: str) -> list[str]:
    """Name the states that stand quoted in the strings of a module, with their lines."""
    return [
        f"line {line}: '{word}', as in {STATES[word]}"
        for line, text in texts(ast.parse(source))
        for word in quoted(text)
        if word in STATES
    ]


def test_no_state_of_an_enum_is_typed_again_in_sql() -> None:
    found = {str(it.relative_to(ROOT)): typed_again(it.read_text()) for it in FILES}

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
    assert len(typed_again(source)) == 1


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
    assert typed_again(source) == []
