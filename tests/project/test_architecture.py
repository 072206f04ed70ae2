"""Each layer owns some words, no function merely relays, and every use-case can be repeated."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from support.analysis.source import ROOT, TESTS, Function, functions

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
HISTORY = ROOT / "database" / "migrations" / "versions"
"""The one folder that grows with time alone."""
TEST_FILES = [it for it in sorted(TESTS.rglob("*.py")) if "node_modules" not in it.parts]


class File(NamedTuple):
    text: str
    tree: ast.Module


@cache
def files() -> dict[str, File]:
    """Read the package, by the names of its files below it."""
    texts = {str(it.relative_to(ROOT)): it.read_text("utf-8") for it in sorted(ROOT.rglob("*.py"))}
    return {name: File(text, ast.parse(text)) for name, text in texts.items()}


def in_layers(*layers: str) -> dict[str, File]:
    """Give the files of these layers, without the migrations, which are as they were written."""
    return {
        name: it
        for name, it in files().items()
        if name.startswith(tuple(f"{layer}/" for layer in layers))
        and not name.startswith("database/migrations/")
    }


def imports(tree: ast.Module) -> Iterator[str]:
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return (alias.name for node in froms for alias in node.names)


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
    found = {name: list(breaches(name, it.tree)) for name, it in in_layers(*IN_LAYERS).items()}

    assert {name: said for name, said in found.items() if said} == {}


def breaches(name: str, tree: ast.Module) -> Iterator[str]:
    """Name what a file imports that another layer owns, and its functions that should not be."""
    layer = name.partition("/")[0]
    yield from {it for it in imports(tree) if layer not in OWNED_BY.get(it, {layer})}
    if layer != "handlers":  # a handler's work is in its signature
        yield from (f"{it.name} only relays" for it in functions(tree) if relays(it))
    if layer == "routes":
        yield from (f"{it.name} in a table" for it in functions(tree))


def test_files_and_functions_stay_small() -> None:
    ours = in_layers(*IN_LAYERS)
    long = [name for name, it in ours.items() if it.text.count("\n") > LONGEST_FILE]
    long += [
        f"{name}: {function.name}"
        for name, it in ours.items()
        for function in functions(it.tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_imports_stand_at_the_top() -> None:
    inside = {
        f"{name}: {function.name}"
        for name, it in files().items()
        for function in functions(it.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert inside == set()


def test_a_controller_that_opens_a_transaction_is_repeated_when_postgresql_asks() -> None:
    bare = {
        f"{name}: {function.name}"
        for name, it in in_layers("controllers").items()
        for function in functions(it.tree)
        if any(_opens(node) for node in ast.walk(function))
        and "use_case" not in {getattr(it, "id", "") for it in function.decorator_list}
        and not function.name.startswith("_")
    }

    assert bare == set()


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "transaction"


def test_only_the_database_module_commits() -> None:
    committing = {
        name
        for name, it in in_layers(*IN_LAYERS).items()
        for node in ast.walk(it.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
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
        for module in _imported(ast.parse(file.read_text()))
        if any(it == "conftest" or it.startswith("test_") for it in module.split("."))
    }

    assert importing == set()


def _imported(tree: ast.Module) -> Iterator[str]:
    """Name each module, and what is taken from it: that may be a module, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
