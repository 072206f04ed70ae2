"""Finds the prepared statements of modules, and asks PostgreSQL to prepare them."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from inspect import getsource
from types import ModuleType

from psycopg import Connection
from psycopg.pq import ExecStatus

from trastienda.database.db import Prepared
from trastienda.database.driver import numbered


def statements(module: ModuleType) -> dict[str, Prepared]:
    """Return what the module itself makes with `prepared`, by its full name.

    Raise LookupError where it makes one that no constant of the module holds.
    """
    tree = ast.parse(getsource(module))
    found = {
        f"{module.__name__}.{name}{place}": statement
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and _calls(node)
        for name in _names(node)
        for place, statement in _within(getattr(module, name))
    }
    if _calls(tree) != len(found):
        raise LookupError(module.__name__)
    return found


def refused(connection: Connection, found: Mapping[str, Prepared]) -> dict[str, str]:
    """Return the names of the statements that PostgreSQL refuses to prepare, and why.

    No types are given with them: a statement says itself what cannot be told from its text.
    """
    answers = {
        name: connection.pgconn.prepare(name.encode(), numbered(statement.sql)[0])
        for name, statement in found.items()
    }
    return {
        name: answer.get_error_message()
        for name, answer in answers.items()
        if answer.status != ExecStatus.COMMAND_OK
    }


def _calls(node: ast.AST) -> int:
    calls = (it.func for it in ast.walk(node) if isinstance(it, ast.Call))
    return sum(isinstance(it, ast.Name) and it.id == "prepared" for it in calls)


def _names(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return (it.id for target in targets for it in ast.walk(target) if isinstance(it, ast.Name))


def _within(value: object) -> Iterator[tuple[str, Prepared]]:
    if isinstance(value, Prepared):
        yield "", value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from ((f"[{key!r}]", it) for _, it in _within(inner))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for number, inner in enumerate(value):
            yield from ((f"[{number}]", it) for _, it in _within(inner))
