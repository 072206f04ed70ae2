"""Reads the source of the package, and of its tests."""

import ast
import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

import trastienda

TESTS = Path(__file__).parents[2]
ROOT = TESTS.parent / "src" / "trastienda"


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


PASSED_OVER = ("trastienda.__main__", "trastienda.database.migrations")


def modules() -> list[ModuleType]:
    """Import the whole package, but for what runs as soon as it is imported."""
    return [
        import_module(module.name)
        for module in pkgutil.walk_packages(trastienda.__path__, "trastienda.")
        if not module.name.startswith(PASSED_OVER)
    ]
