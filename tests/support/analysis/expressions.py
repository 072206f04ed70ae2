"""Finds every regular expression of the package, by reading its source.

Expressions stand in calls of `re` and in `pattern=` of schemas and parameters. A new one is found
wherever it stands, provided that its text can be told at the module's level.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import PurePath
from time import thread_time
from typing import Any, NamedTuple

from support.analysis.source import File, files

TAKES_AN_EXPRESSION = frozenset(
    {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
)
RUN_BY_OTHERS = frozenset({"__main__", "env"})
ANCHORED = frozenset({"fullmatch", "match"})


class Expression(NamedTuple):
    """A pattern, and whether it is only ever tried at the beginning of a text."""

    where: str
    pattern: re.Pattern[Any]
    anchored: bool

    def seconds(self, text: str) -> float:
        """Return the processor time that this thread takes to try it on a text."""
        given: Any = text if isinstance(self.pattern.pattern, str) else text.encode()
        began = thread_time()
        if self.anchored:
            self.pattern.fullmatch(given)
        else:
            for _ in self.pattern.finditer(given):
                pass
        return thread_time() - began


class Source(NamedTuple):
    """A module, and its source."""

    name: str
    file: File

    @property
    def calls(self) -> list[ast.Call]:
        return self.file.nodes.of(ast.Call)

    def value(self, node: ast.expr) -> Any:  # noqa: ANN401 - the text of a pattern, or its flags
        """Return what an expression of the source means at the module's level."""
        code = compile(ast.Expression(node), self.name, "eval")
        return eval(code, vars(import_module(self.name)))  # noqa: S307 - our own source


@cache
def sources() -> list[Source]:
    found = []
    for path, file in files().items():
        place = PurePath(path).with_suffix("")
        if place.name not in RUN_BY_OTHERS and "versions" not in place.parts:
            parts = [it for it in place.parts if it != "__init__"]
            name = ".".join(["trastienda", *parts])
            found.append(Source(name, file))
    return found


def every() -> list[Expression]:
    return [it for each in sources() for it in (*_in_calls(each), *_in_shapes(each))]


def held() -> set[re.Pattern[Any]]:
    """Return the compiled ones that modules hold, however they came there."""
    modules = [import_module(it.name) for it in sources()]
    values = [it for each in modules for it in vars(each).values()]
    return {it for it in values if isinstance(it, re.Pattern)}


def _in_calls(source: Source) -> Iterator[Expression]:
    """Find what is given to `re`. A compiled one is known by the name that it gets."""
    assigned = source.file.nodes.of(ast.Assign)
    names = {id(it.value): _name(it.targets[0]) for it in assigned}
    for call in source.calls:
        way = _name(call.func)
        if _of_re(call.func) and way in TAKES_AN_EXPRESSION:
            uses = _uses(source, names.get(id(call), "")) if way == "compile" else {way}
            pattern = re.compile(source.value(call.args[0]), _flags(source, call))
            anchored = bool(uses) and uses <= ANCHORED
            yield Expression(f"{source.name}:{call.lineno}", pattern, anchored)


def _in_shapes(source: Source) -> Iterator[Expression]:
    """Find the patterns of schemas and parameters; msgspec searches with them."""
    for call in source.calls:
        for keyword in call.keywords:
            if keyword.arg == "pattern":
                pattern = re.compile(source.value(keyword.value))
                yield Expression(f"{source.name}:{call.lineno}", pattern, anchored=False)


def _flags(source: Source, call: ast.Call) -> int:
    given = [it for it in call.args[1:] if _of_re(it)]
    given += [it.value for it in call.keywords if it.arg == "flags"]
    return sum(int(source.value(it)) for it in given)


def _of_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "re"


def _name(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return str(getattr(node, "attr", "") or getattr(node, "id", ""))


def _uses(source: Source, name: str) -> set[str]:
    """Return what is asked of a module's name, there or where it is imported."""
    return {
        use.asked
        for use in _every_use().get(name, [])
        if use.dotted or use.where in {source.name, *_importers().get(name, ())}
    }


class Use(NamedTuple):
    """An attribute of something that has a name."""

    where: str
    asked: str
    dotted: bool
    """Whether what has the name is itself an attribute, as of a module."""


@cache
def _every_use() -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for source in sources():
        for node in source.file.nodes.of(ast.Attribute):
            use = Use(source.name, node.attr, isinstance(node.value, ast.Attribute))
            found.setdefault(_name(node.value), []).append(use)
    return found


@cache
def _importers() -> dict[str, set[str]]:
    """Return which modules import something by a name."""
    found: dict[str, set[str]] = {}
    for source in sources():
        for node in source.file.nodes.of(ast.ImportFrom):
            for alias in node.names:
                found.setdefault(alias.name, set()).add(source.name)
    return found
