"""Pages write as the API does: through the same controllers, and with the same schemas."""

import ast
from collections.abc import Iterator
from pathlib import Path

from support.analysis.source import ROOT

HANDLERS = ROOT / "handlers"
PAGES = HANDLERS / "pages"
OURS = [it for it in sorted(PAGES.rglob("*.py")) if "admin" not in it.parts]
"""The storefront and what is shared; tests/pages/admin holds the admin against the API."""


def called(file: Path) -> Iterator[str]:
    """Name each function of a controller that a module uses, whatever it calls the module."""
    tree = ast.parse(file.read_text())
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "trastienda.controllers"
        ):
            names |= {it.asname or it.name: f"{node.module}.{it.name}" for it in node.names}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in names
        ):
            yield f"{names[node.value.id]}.{node.attr}"


def schemas(file: Path) -> Iterator[str]:
    """Name each struct that a form is turned into."""
    for node in ast.walk(ast.parse(file.read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "to"
            and node.args
            and isinstance(node.args[0], ast.Name)
        ):
            yield node.args[0].id


def test_pages_call_no_controller_that_the_api_does_not() -> None:
    of_pages = {it for file in OURS for it in called(file)}
    of_api = {
        it for file in HANDLERS.rglob("*.py") if PAGES not in file.parents for it in called(file)
    }

    assert len(of_pages) >= 20
    assert of_pages - of_api == set()


def test_forms_become_the_bodies_of_the_api() -> None:
    of_api = "\n".join(
        file.read_text() for file in HANDLERS.rglob("*.py") if PAGES not in file.parents
    )
    used = {it for file in OURS for it in schemas(file)} - {"kind"}

    assert len(used) >= 12
    assert {it for it in used if f"JSONBody[{it}" not in of_api} == set()
