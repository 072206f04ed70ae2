"""Each layer owns some words, no function merely relays, and every use-case can be repeated."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "trastienda"
LAYERS = ("routes", "handlers", "controllers", "services", "schemas", "middlewares", "database")
FILES = [
    file
    for layer in (*LAYERS, "jobs")
    for file in sorted((ROOT / layer).rglob("*.py"))
    if "migrations" not in file.parts
]
OWNED_BY = {
    "Router": {"routes"},
    "FromPath": {"handlers"},
    "FromQuery": {"handlers"},
    "JSONBody": {"handlers"},
    "transaction": {"controllers", "jobs"},
    "prepared": {"services"},
    "select": {"services"},
    "insert": {"services"},
    "update": {"services"},
    "delete": {"services", "handlers"},  # the SQL one and the HTTP one
    "Struct": {"schemas"},
    "mapped_column": {"database"},
    "relationship": {"database"},
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 45
Function = ast.FunctionDef | ast.AsyncFunctionDef


def imports(tree: ast.Module) -> Iterator[str]:
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return (alias.name for node in froms for alias in node.names)


def functions(tree: ast.Module) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def relays(function: Function) -> bool:
    """Say whether the whole body is one call that passes the parameters straight on.

    Running a statement is no relay: the work is in the statement, a constant of the module.
    """
    statement = function.body[-1]
    call = statement.value if isinstance(statement, ast.Return | ast.Expr) else None
    call = call.value if isinstance(call, ast.Await) else call
    if len(function.body) > 1 + bool(ast.get_docstring(function)) or not isinstance(call, ast.Call):
        return False
    root = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    if isinstance(root, ast.Name) and root.id.isupper():
        return False
    mine = {argument.arg for argument in function.args.args + function.args.kwonlyargs}
    passed = [*call.args, *(keyword.value for keyword in call.keywords)]
    return bool(passed) and all(isinstance(it, ast.Name) and it.id in mine for it in passed)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_layers_keep_to_their_own_words(file: Path) -> None:
    layer, tree = file.relative_to(ROOT).parts[0], ast.parse(file.read_text())

    strangers = {name for name in imports(tree) if layer not in OWNED_BY.get(name, {layer})}
    assert strangers == set()
    if layer != "handlers":  # a handler's work is in its signature
        assert [function.name for function in functions(tree) if relays(function)] == []
    if layer == "routes":
        assert functions(tree) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_and_functions_stay_small(file: Path) -> None:
    text = file.read_text()

    assert text.count("\n") <= LONGEST_FILE
    long = {
        function.name
        for function in functions(ast.parse(text))
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }
    assert long == set()


def test_imports_stand_at_the_top() -> None:
    inside = {
        f"{file.relative_to(ROOT)}: {function.name}"
        for file in sorted(ROOT.rglob("*.py"))
        for function in functions(ast.parse(file.read_text()))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert inside == set()


def test_a_controller_that_opens_a_transaction_is_repeated_when_postgresql_asks() -> None:
    bare = {
        f"{file.relative_to(ROOT)}: {function.name}"
        for file in sorted((ROOT / "controllers").rglob("*.py"))
        for function in functions(ast.parse(file.read_text()))
        if any(_opens(node) for node in ast.walk(function))
        and "use_case" not in {getattr(it, "id", "") for it in function.decorator_list}
        and not function.name.startswith("_")
    }

    assert bare == set()


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "transaction"


def test_only_the_database_module_commits() -> None:
    committing = {
        str(file.relative_to(ROOT))
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    }

    assert committing == {"database/db.py"}
