"""What the shop does by the clock has the names by which tests leave it out of their counts."""

import ast

import pytest
from support.analysis.source import files
from support.statements import CLOCKWORK

pytestmark = pytest.mark.xdist_group("source")


def named_tasks() -> set[str]:
    """Return the names that the shop gives to its own tasks."""
    return {
        keyword.value.value
        for file in files().values()
        for call in file.nodes.of(ast.Call)
        if ast.unparse(call.func).endswith("create_task")
        for keyword in call.keywords
        if keyword.arg == "name"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    }


def test_each_task_whose_statements_no_test_counts_is_there() -> None:
    assert named_tasks() >= CLOCKWORK
