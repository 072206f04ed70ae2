"""Reads the source of the package, and of its tests: each file once, however many ask."""

import ast
import pkgutil
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar, cast

import trastienda

TESTS = Path(__file__).parents[2]
ROOT = TESTS.parent / "src" / "trastienda"


Function = ast.FunctionDef | ast.AsyncFunctionDef
Node = TypeVar("Node", bound=ast.AST)


class Nodes:
    """What a piece of source consists of, by kind, from the outside in."""

    def __init__(self, root: ast.AST) -> None:
        self._by_kind: dict[type[ast.AST], list[ast.AST]] = {}
        waiting = [root]
        for node in waiting:  # which grows meanwhile
            self._by_kind.setdefault(type(node), []).append(node)
            for field in node._fields:
                value = getattr(node, field, None)
                if isinstance(value, list):
                    waiting += [it for it in value if isinstance(it, ast.AST)]
                elif isinstance(value, ast.AST) and field != "ctx":
                    waiting.append(value)

    def of(self, kind: type[Node]) -> list[Node]:
        return cast("list[Node]", self._by_kind.get(kind, []))

    @property
    def functions(self) -> list[Function]:
        return [*self.of(ast.FunctionDef), *self.of(ast.AsyncFunctionDef)]


class File:
    """A file of source, read and taken apart when that is first wanted."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> Nodes:
        return Nodes(self.tree)


@cache
def files() -> dict[str, File]:
    """Return the files of the package, by their names below it."""
    return {str(it.relative_to(ROOT)): File(it) for it in sorted(ROOT.rglob("*.py"))}


PASSED_OVER = ("trastienda.__main__", "trastienda.database.migrations")


def modules() -> list[ModuleType]:
    """Import the whole package, but for what runs as soon as it is imported."""
    return [
        import_module(module.name)
        for module in pkgutil.walk_packages(trastienda.__path__, "trastienda.")
        if not module.name.startswith(PASSED_OVER)
    ]
