"""Finds the problems of an operation in the code that it runs.

The source of each function is read once. Starting from a handler, its guards and its providers, all
functions that they name are followed, and the errors that those raise are collected: a new error is
described as soon as some code raises it. A method is followed by its name, to the classes that the
calling module knows: that it imports, in one step or several, or that are of its own subject. So a
few problems may be listed that cannot occur; the tests hold that none is missing that was seen.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from trastienda.errors import ShopError
from trastienda.services.shared.records import Records, Refusal, expect_version

Node = ast.FunctionDef | ast.AsyncFunctionDef
Kind = type[ShopError]
OURS = "trastienda."
BEGINNINGS = ("__init__", "__enter__", "__exit__", "__aenter__", "__aexit__")
BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
EDGE = (f"{OURS}handlers", f"{OURS}middlewares", f"{OURS}database.db", f"{OURS}database.pool")
"""In these modules, only methods of imported classes are called."""


class Source(NamedTuple):
    """What a function calls and raises."""

    raised: frozenset[Kind]
    named: frozenset[Any]
    methods: frozenset[str]
    raises_others: bool
    answers_kinds: bool


def raised(begin: Iterable[Any]) -> set[Kind]:
    """Return all problems that these functions, or any that they name, raise."""
    waiting = [run for called in begin for run in _run(called)]
    seen, found = set[int](), set[Kind]()
    while waiting:
        called = waiting.pop()
        if id(called) not in seen and (source := read(called)) is not None:
            found |= source.raised | (_offered(source) if source.raises_others else set())
            waiting += _next(called)
        seen.add(id(called))
    return found - {ShopError}


@cache
def _next(by: Any) -> list[Any]:  # noqa: ANN401 - a function
    """Return the functions that a function may call, by their names and those of methods.

    At the edge, only methods of imported classes.
    """
    source = read(by)
    if source is None:
        return []
    module = sys.modules[by.__module__]
    found = [run for named in source.named for run in _run(named)]
    near = {id(value) for value in vars(module).values()}
    for method in (it for name in source.methods for it in methods().get(name, ())):
        home = sys.modules[method.__module__]
        owner = vars(home).get(method.__qualname__.partition(".")[0])
        if by.__module__.startswith(EDGE):
            known = bool({id(home), id(owner)} & near)
        else:
            known = home.__name__ in _known(by.__module__) or _subject(home) == _subject(module)
        if known:
            found.append(method)
    return found


@cache
def _known(module: str) -> frozenset[str]:
    """Return a module and all that it imports, in one step or several."""
    waiting, found = [module], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(name)
    return frozenset(found)


@cache
def _imported(module: str) -> list[str]:
    """Return our modules that a module imports; of a package, what is imported from it."""
    nodes = [it for it in _statements(tree(module)) if isinstance(it, ast.Import | ast.ImportFrom)]
    names = {alias.name for it in nodes if isinstance(it, ast.Import) for alias in it.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return sorted(it for it in names if it.startswith(OURS) and it in sys.modules)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Return the statements within a module, a class or a function, but no expressions."""
    for field in BLOCKS:
        for inner in getattr(node, field, ()):
            yield inner
            yield from _statements(inner)


def _subject(module: ModuleType) -> list[str]:
    """Return the layer and the subject of a module."""
    return module.__name__.split(".")[:3]


def _run(called: Any) -> list[Any]:  # noqa: ANN401 - anything that can be called
    """Return the functions that run when an object is called: for a class, those of `with`, too."""
    if isinstance(called, type):
        return [vars(called)[name] for name in BEGINNINGS if name in vars(called)]
    if not hasattr(called, "__qualname__"):
        return [vars(type(called)).get("__call__")]
    return [inspect.unwrap(called)]


def functions_of(module: ModuleType) -> list[Any]:
    """Return the functions that a module defines."""
    here = list(vars(module).values())
    return [it for it in here if inspect.isfunction(it) and it.__module__ == module.__name__]


@cache
def read(function: Callable[..., Any]) -> Source | None:
    """Return what the source of one of our functions contains, or nothing for any other object."""
    module, name = getattr(function, "__module__", ""), getattr(function, "__qualname__", "")
    if not isinstance(module, str) or not module.startswith(OURS):
        return None
    node = functions(module).get(name.partition(".<locals>")[0])
    return None if node is None else _read(node, sys.modules[module])


def _read(node: Node, module: ModuleType) -> Source:
    parts = list(ast.walk(node))
    raises = [it.exc for it in parts if isinstance(it, ast.Raise) and it.exc]
    bare = [it.func if isinstance(it, ast.Call) else it for it in raises]
    kinds = [_value(it, module) for it in bare]
    calls = [it for it in parts if isinstance(it, ast.Call)]
    versions = [it for it in calls if _value(it.func, module) is expect_version]
    kinds += [_value(argument, module) for it in versions for argument in it.args[2:]]
    handlers = [it.type for it in parts if isinstance(it, ast.ExceptHandler) and it.type]
    caught = {id(it) for handler in handlers for it in ast.walk(handler)}
    names = [it for it in parts if isinstance(it, ast.Name | ast.Attribute)]
    uses = [it for it in names if id(it) not in caught]
    values = [value for it in uses for value in _parts(_value(it, module))]
    return Source(
        raised=frozenset(it for it in kinds if _is_kind(it)).union(*map(stated, values)),
        named=frozenset(it for it in values if callable(it) and _is_ours(it) and not stated(it))
        - {expect_version},
        methods=frozenset(it.func.attr for it in calls if isinstance(it.func, ast.Attribute)),
        raises_others=any(not isinstance(it, type) for it in kinds),
        answers_kinds="ShopError" in ast.unparse(node.returns or ast.Constant(None)),
    )


def _offered(source: Source) -> set[Kind]:
    """Return the errors raised from a variable: those named, or returned by a called function."""
    found = {it for it in source.named if _is_kind(it)}
    for mentioned in source.named:
        inner = None if isinstance(mentioned, type) else read(mentioned)
        if inner and inner.answers_kinds:
            found |= {it for it in inner.named if _is_kind(it)} | _offered(inner)
    return found


def stated(value: Any) -> frozenset[Kind]:  # noqa: ANN401 - whatever is named
    """Return the errors that a service declares as `Records` or `Refusal` and does not raise."""
    if isinstance(value, Refusal):
        return frozenset({value.error})
    records = getattr(value, "__self__", None)
    if not isinstance(records, Records):
        return frozenset()
    by_method: dict[str, Iterable[Kind]] = {
        "by_id": [records.missing],
        "claim": [records.missing, records.changed],
        "save": [it.error for it in records.on_save.values()],
        "remove": [it.error for it in records.on_remove.values()],
    }
    return frozenset(by_method[value.__name__])


def _value(node: ast.AST, module: ModuleType) -> Any:  # noqa: ANN401 - whatever is named
    """Return the object of a name, possibly with dots, in a module."""
    if isinstance(node, ast.Name):
        return vars(module).get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, module)
        known = isinstance(owner, ModuleType | type | Records)
        return getattr(owner, node.attr, None) if known else None
    return None


def _parts(value: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Return an object itself, or the elements of a table."""
    if isinstance(value, dict):
        yield from (part for it in value.values() for part in _parts(it))
    elif isinstance(value, list | tuple):
        yield from (part for it in value for part in _parts(it))
    elif value is not None:
        yield value


def _is_kind(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, type) and issubclass(value, ShopError)


def _is_ours(value: Any) -> bool:  # noqa: ANN401 - as above
    module = getattr(value, "__module__", None)
    named = isinstance(getattr(value, "__qualname__", None), str)
    return named and isinstance(module, str) and module.startswith(OURS)


@cache
def functions(module: str) -> dict[str, Node]:
    """Return the functions of a module, and the methods of its classes, by qualified name."""
    found: dict[str, Node] = {}
    for node in tree(module).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        found |= {f"{owner}{each.name}": each for each in inner if isinstance(each, Node)}
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(text(module))


@cache
def text(module: str) -> str:
    file = sys.modules[module].__file__
    return Path(file).read_text("utf-8") if file else ""


@cache
def methods() -> dict[str, list[Callable[..., Any]]]:
    """Return the methods of all our classes except schemas, by name."""
    found: dict[str, list[Callable[..., Any]]] = {}
    for module in ours():
        for value in list(vars(sys.modules[module]).values()):
            if isinstance(value, type) and value.__module__ == module and not _is_kind(value):
                for name, method in vars(value).items():
                    if inspect.isfunction(method):
                        found.setdefault(name, []).append(method)
    return found


def ours() -> list[str]:
    """Return the modules of the shop's inner layers."""
    inside = ("services", "controllers", "database")
    return sorted(
        module
        for module in sys.modules
        if module.startswith(tuple(f"{OURS}{one}." for one in inside))
    )


@cache
def facts() -> dict[str, set[str]]:
    """Return the names of the facts that each class of errors is given."""
    found: dict[str, set[str]] = {}
    for module in sorted(it for it in sys.modules if it.startswith(OURS)):
        for kind, known in _facts_stated(sys.modules[module]):
            found.setdefault(kind.__name__, set()).update(known)
        kinds = [it.__name__ for it in vars(sys.modules[module]).values() if _is_kind(it)]
        named = any(f"{it}(" in text(module) for it in kinds)
        for node in ast.walk(tree(module)) if named else ():
            name = node.func if isinstance(node, ast.Call) else None
            called = getattr(name, "id", None) or getattr(name, "attr", None)
            if isinstance(node, ast.Call) and isinstance(called, str) and called[:1].isupper():
                kind = _value(node.func, sys.modules[module])
                if _is_kind(kind):
                    known = {word.arg for word in node.keywords if word.arg}
                    found.setdefault(kind.__name__, set()).update(known)
    return found


def _facts_stated(module: ModuleType) -> Iterator[tuple[Kind, set[str]]]:
    """Return the facts of the errors that a service declares: see `stated`."""
    called = f"{expect_version.__name__}(" in text(module.__name__)
    for node in ast.walk(tree(module.__name__)) if called else ():
        if isinstance(node, ast.Call) and _value(node.func, module) is expect_version:
            kinds = (_value(argument, module) for argument in node.args[2:])
            yield from ((kind, {"version"}) for kind in kinds if _is_kind(kind))
    for value in vars(module).values():
        if isinstance(value, Records):
            yield value.changed, {"version"}
        known = isinstance(value, Records)
        for table in (value.on_save, value.on_remove) if known else (value,):
            for meaning in table.values() if isinstance(table, dict) else ():
                if isinstance(meaning, Refusal):
                    given = {"pointer": meaning.pointer, meaning.tells: meaning.tells}
                    yield meaning.error, {name for name, value in given.items() if name and value}
