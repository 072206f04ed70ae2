"""What the shop does by the clock has the names by which tests leave it out of their counts."""

import ast

from support.analysis.source import ROOT
from support.statements import CLOCKWORK


def named_tasks() -> set[str]:
    """Return the names that the shop gives to its own tasks."""
    trees = (ast.parse(path.read_text("utf-8")) for path in ROOT.rglob("*.py"))
    return {
        keyword.value.value
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("create_task")
        for keyword in call.keywords
        if keyword.arg == "name"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    }


def test_each_task_whose_statements_no_test_counts_is_there() -> None:
    assert named_tasks() >= CLOCKWORK
