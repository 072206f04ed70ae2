"""Each layer owns some words, no function merely relays, and every use-case can be repeated."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest
from support.analysis.source import ROOT, TESTS, File, Function, Nodes, files

LAYERS = ("routes", "handlers", "controllers", "services", "schemas", "middlewares", "database")
IN_LAYERS = (*LAYERS, "jobs")
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
MOST_MODULES = 15
pytestmark = pytest.mark.xdist_group("source")
HISTORY = ROOT / "database" / "migrations" / "versions"
"""The one folder that grows with time alone."""
TEST_FILES = [it for it in sorted(TESTS.rglob("*.py")) if "node_modules" not in it.parts]


def in_layers(*layers: str) -> dict[str, File]:
    """Give the files of these layers, without the migrations, which are as they were written."""
    return {
        name: it
        for name, it in files().items()
        if name.startswith(tuple(f"{layer}/" for layer in layers))
        and not name.startswith("database/migrations/")
    }


def imports(nodes: Nodes) -> Iterator[str]:
    return (alias.name for node in nodes.of(ast.ImportFrom) for alias in node.names)


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


def test_layers_keep_to_their_own_words() -> None:
    found = {name: list(breaches(name, it.nodes)) for name, it in in_layers(*IN_LAYERS).items()}

    assert {name: said for name, said in found.items() if said} == {}


def breaches(name: str, nodes: Nodes) -> Iterator[str]:
    """Name what a file imports that another layer owns, and its functions that should not be."""
    layer = name.partition("/")[0]
    yield from {it for it in imports(nodes) if layer not in OWNED_BY.get(it, {layer})}
    if layer != "handlers":  # a handler's work is in its signature
        yield from (f"{it.name} only relays" for it in nodes.functions if relays(it))
    if layer == "routes":
        yield from (f"{it.name} in a table" for it in nodes.functions)


def test_files_and_functions_stay_small() -> None:
    ours = in_layers(*IN_LAYERS)
    long = [name for name, it in ours.items() if it.text.count("\n") > LONGEST_FILE]
    long += [
        f"{name}: {function.name}"
        for name, it in ours.items()
        for function in it.nodes.functions
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_imports_stand_at_the_top() -> None:
    inside = {
        f"{name}: {function.name}"
        for name, it in files().items()
        for function in it.nodes.functions
        for node in (*it.nodes.of(ast.Import), *it.nodes.of(ast.ImportFrom))
        if function.body[0].lineno <= node.lineno <= (function.end_lineno or 0)
    }

    assert inside == set()


def test_a_controller_that_opens_a_transaction_is_repeated_when_postgresql_asks() -> None:
    bare = {
        f"{name}: {function.name}"
        for name, it in in_layers("controllers").items()
        for function in it.nodes.functions
        if any(_opens(call) for call in Nodes(function).of(ast.Call))
        and "use_case" not in {getattr(it, "id", "") for it in function.decorator_list}
        and not function.name.startswith("_")
    }

    assert bare == set()


def _opens(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") == "transaction"


def test_only_the_database_module_commits() -> None:
    committing = {
        name
        for name, it in in_layers(*IN_LAYERS).items()
        for call in it.nodes.of(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    }

    assert committing == {"database/db.py"}


def test_the_embedded_postgresql_may_import_nothing_else_of_the_package() -> None:
    """So that a new module of the shop is forbidden to it as well."""
    project = tomllib.loads((ROOT.parents[1] / "pyproject.toml").read_text())
    (contract,) = (
        it
        for it in project["tool"]["importlinter"]["contracts"]
        if it.get("source_modules") == ["trastienda.postgres", "trastienda.system"]
    )
    modules = {f"trastienda.{file.stem}" for file in ROOT.glob("*.py") if file.stem[:2] != "__"}
    packages = {f"trastienda.{file.parent.name}" for file in ROOT.glob("*/__init__.py")}

    assert {*contract["source_modules"], *contract["forbidden_modules"]} == modules | packages


def test_a_folder_holds_no_more_than_one_can_take_in() -> None:
    modules = [it for it in [*ROOT.rglob("*.py"), *TEST_FILES] if it.stem != "__init__"]
    sizes = Counter(it.parent for it in modules)
    assert sizes[HISTORY]

    assert {it: n for it, n in sizes.items() if n > MOST_MODULES and it != HISTORY} == {}


def test_no_test_imports_another() -> None:
    """What two of them share stands in tests/support."""
    importing = {
        f"{file.relative_to(TESTS)}: {module}"
        for file in TEST_FILES
        for module in _imported(File(file).nodes)
        if any(it == "conftest" or it.startswith("test_") for it in module.split("."))
    }

    assert importing == set()


def _imported(nodes: Nodes) -> Iterator[str]:
    """Name each module, and what is taken from it: that may be a module, too."""
    for taken in nodes.of(ast.ImportFrom):
        yield from (f"{taken.module}.{alias.name}" for alias in taken.names)
    for whole in nodes.of(ast.Import):
        yield from (alias.name for alias in whole.names)
